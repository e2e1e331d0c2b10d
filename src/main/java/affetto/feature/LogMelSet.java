package affetto.feature;

import affetto.dsp.Workbench;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * {@code logmel-64}: 64 mel bands from 50 to 5500 Hz in dB, every 10 ms over 25 ms, of the whole
 * recording at 16 kHz; frames x bands. Nothing is trimmed or normalised: values are dB relative to
 * a power of 1, no more than 80 below the loudest.
 *
 * <p>The bands end at 5500 Hz so that recordings at 11025 Hz, as CREMA-D is often passed on, look
 * like the others.
 */
record LogMelSet() implements FeatureSet {
  static final int SAMPLE_RATE = 16000;
  static final int N_FFT = 512;
  static final int WIN_LENGTH = 400;
  static final int HOP_LENGTH = 160;
  static final int MELS = 64;
  static final double F_MIN_HZ = 50;
  static final double F_MAX_HZ = 5500;
  static final double TOP_DB = 80;

  @Override
  public String id() {
    return "logmel-64";
  }

  @Override
  public String definition() {
    return Definition.json(
        Map.ofEntries(
            Map.entry("id", id()),
            Map.entry("revision", 1),
            Map.entry("sample_rate", SAMPLE_RATE),
            Map.entry("n_fft", N_FFT),
            Map.entry("win_length", WIN_LENGTH),
            Map.entry("hop_length", HOP_LENGTH),
            Map.entry("window", "hann"),
            Map.entry("mel", "slaney"),
            Map.entry("n_mels", MELS),
            Map.entry("f_min_hz", F_MIN_HZ),
            Map.entry("f_max_hz", F_MAX_HZ),
            Map.entry("scale", "db"),
            Map.entry("top_db", TOP_DB)));
  }

  @Override
  public String version() {
    return Definition.version(definition());
  }

  @Override
  public boolean scalar() {
    return false;
  }

  @Override
  public List<String> names() {
    return IntStream.range(0, MELS).mapToObj(band -> "logmel_" + band).toList();
  }

  @Override
  public FeatureExtractor extractor(Workbench bench) {
    return new LogMelExtractor(bench);
  }
}
