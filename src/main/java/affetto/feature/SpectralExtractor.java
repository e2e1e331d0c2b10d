package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;
import java.util.Map;

/** Computes {@link SpectralSet}. */
final class SpectralExtractor implements FeatureExtractor {
  private static final int COLUMNS = SpectralFeature.allColumns().size();

  private final Workbench bench;
  private final SpectralContours contours;

  SpectralExtractor(Workbench bench) {
    this.bench = bench;
    contours = new SpectralContours(bench);
  }

  @Override
  public Waveform load(Waveform recording) {
    return Clips.resampled(recording, SpectralSet.SAMPLE_RATE, bench);
  }

  @Override
  public FeatureMatrix extract(Waveform clip) {
    Clips.check(clip, SpectralSet.SAMPLE_RATE);
    Map<SpectralFeature, double[][]> followed = contours.of(clip.samples());
    float[] row = new float[COLUMNS];
    int column = 0;
    for (SpectralFeature feature : SpectralFeature.values()) {
      for (double[] contour : followed.get(feature)) {
        Series series = Series.of(contour);
        if (feature.mean()) {
          row[column++] = (float) series.mean();
        }
        row[column++] = (float) series.stddev();
      }
    }
    return Clips.finite(row, 1, row.length);
  }
}
