package affetto.feature;

import affetto.dsp.Decibels;
import affetto.dsp.Workbench;
import java.util.List;
import java.util.Map;

/**
 * {@code spectral}: what most papers on emotion in speech take from librosa, in one row of named
 * scalars. Zero crossings, level, shape of the spectrum and cepstrum of the whole recording at
 * 22050 Hz, by mean and standard deviation over frames; {@link SpectralFeature} documents each.
 *
 * <p>While it computes, a recording of any length takes half as much memory again as its samples.
 */
record SpectralSet() implements FeatureSet {
  static final int SAMPLE_RATE = 22050;
  static final int N_FFT = 2048;
  static final int HOP_LENGTH = 512;
  static final double ROLL_PERCENT = 0.85;
  static final double CONTRAST_F_MIN_HZ = 200;
  static final double CONTRAST_QUANTILE = 0.02;
  static final int MELS = 128;
  static final double TOP_DB = 80;
  static final int DELTA_WIDTH = 9;

  @Override
  public String id() {
    return "spectral";
  }

  @Override
  public String definition() {
    return Definition.json(
        Map.ofEntries(
            Map.entry("id", id()),
            Map.entry("revision", 1),
            Map.entry("sample_rate", SAMPLE_RATE),
            Map.entry("n_fft", N_FFT),
            Map.entry("hop_length", HOP_LENGTH),
            Map.entry("window", "hann"),
            Map.entry("roll_percent", ROLL_PERCENT),
            Map.entry("flatness", "power=2 amin=" + Decibels.MIN_POWER),
            Map.entry("contrast_f_min_hz", CONTRAST_F_MIN_HZ),
            Map.entry("contrast_quantile", CONTRAST_QUANTILE),
            Map.entry("mel", "slaney"),
            Map.entry("n_mels", MELS),
            Map.entry("top_db", TOP_DB),
            Map.entry("delta_width", DELTA_WIDTH),
            Map.entry("order", String.join(" ", names()))));
  }

  @Override
  public String version() {
    return Definition.version(definition());
  }

  @Override
  public boolean scalar() {
    return true;
  }

  @Override
  public List<String> names() {
    return SpectralFeature.allColumns();
  }

  @Override
  public FeatureExtractor extractor(Workbench bench) {
    return new SpectralExtractor(bench);
  }
}
