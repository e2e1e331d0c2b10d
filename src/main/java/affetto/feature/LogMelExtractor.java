package affetto.feature;

import affetto.audio.Waveform;
import affetto.dsp.Rows;
import affetto.dsp.Workbench;

/** Computes {@link LogMelSet}. */
final class LogMelExtractor implements FeatureExtractor {
  private final LogMelSet set;
  private final Workbench bench;
  private final LogMelFrames frames;

  LogMelExtractor(LogMelSet set, Workbench bench) {
    this.set = set;
    this.bench = bench;
    frames = new LogMelFrames(set.bands(), set.options(), bench);
  }

  @Override
  public Waveform load(Waveform recording) {
    return Clips.resampled(recording, FrameOptions.SAMPLE_RATE, bench);
  }

  @Override
  public FeatureMatrix extract(Waveform clip) {
    Clips.check(clip, FrameOptions.SAMPLE_RATE);
    int count = frames.frames(clip.samples());
    float[] values = new float[Math.multiplyExact(count, set.bands())];
    float[][] rows = frames.of(clip.samples());
    if (set.options().normalised()) {
      Normalisation.apply(rows, count);
    }
    Rows.gather(rows, values, 0, count);
    return Clips.finite(values, count, set.bands());
  }
}
