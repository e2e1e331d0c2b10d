package affetto.feature;

import affetto.dsp.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code recipe-162}: the 162 means over frames of the recipe that most speech emotion notebooks
 * share. Zero-crossing rate, 12 chroma on the magnitude spectrum, 20 MFCC, RMS and the 128 mel
 * bands of the power spectrum (linear, not dB), with librosa's defaults; of 2.5 s from 0.6 s on, at
 * 22050 Hz, without padding.
 */
record RecipeSet() implements FeatureSet {
  static final int SAMPLE_RATE = 22050;
  static final double OFFSET_S = 0.6;
  static final double DURATION_S = 2.5;
  static final int N_FFT = 2048;
  static final int HOP_LENGTH = 512;
  static final int MELS = 128;
  static final int MFCCS = 20;
  static final double TOP_DB = 80;

  @Override
  public String id() {
    return "recipe-162";
  }

  @Override
  public String definition() {
    return Definition.json(
        Map.ofEntries(
            Map.entry("id", id()),
            Map.entry("revision", 2),
            Map.entry("sample_rate", SAMPLE_RATE),
            Map.entry("offset_s", OFFSET_S),
            Map.entry("duration_s", DURATION_S),
            Map.entry("n_fft", N_FFT),
            Map.entry("hop_length", HOP_LENGTH),
            Map.entry("window", "hann"),
            Map.entry("mel", "slaney"),
            Map.entry("n_mels", MELS),
            Map.entry("n_mfcc", MFCCS),
            Map.entry("top_db", TOP_DB),
            Map.entry("statistics", "mean"),
            Map.entry("order", "zcr chroma mfcc rms mel")));
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
    List<String> names = new ArrayList<>();
    names.add("zcr_mean");
    addNumbered(names, "chroma", 12);
    addNumbered(names, "mfcc", MFCCS);
    names.add("rms_mean");
    addNumbered(names, "mel", MELS);
    return List.copyOf(names);
  }

  private static void addNumbered(List<String> names, String stem, int count) {
    for (int i = 0; i < count; i++) {
      names.add(stem + "_" + i + "_mean");
    }
  }

  @Override
  public FeatureExtractor extractor(Workbench bench) {
    return new RecipeExtractor(bench);
  }
}
