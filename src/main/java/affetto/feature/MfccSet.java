package affetto.feature;

import affetto.dsp.Workbench;
import affetto.fault.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code mfcc-N}: the first N cepstral coefficients of {@code logmel-64}'s bands, their slopes and
 * the slopes of these, of the whole recording at 16 kHz; frames x 3 N. Coefficients are those of
 * the orthonormal cosine transform of dB, slopes are by frame.
 *
 * @param coefficients 2 to 64
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.feature.mfcc.html">
 *     librosa.feature.mfcc 0.11</a>
 * @see affetto.dsp.Delta
 */
record MfccSet(int coefficients, FrameOptions options) implements FeatureSet {
  static final String NAME = "mfcc";
  static final int MELS = 64;
  static final int DELTA_WIDTH = 9;

  MfccSet {
    if (coefficients < 2 || coefficients > MELS) {
      throw new BadInputException(
          "%s-%d: the coefficients are not from 2 to %d".formatted(NAME, coefficients, MELS));
    }
    LogMelFrames.check(NAME + "-" + coefficients, MELS, options);
  }

  @Override
  public String id() {
    return NAME + "-" + coefficients + options.suffix();
  }

  @Override
  public String definition() {
    return LogMelFrames.definition(
        id(),
        MELS,
        options,
        Map.of("n_mfcc", coefficients, "dct", "ortho", "delta_width", DELTA_WIDTH, "orders", 2));
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
    List<String> names = new ArrayList<>();
    for (String kind : List.of("mfcc_", "mfcc_delta_", "mfcc_delta2_")) {
      for (int i = 0; i < coefficients; i++) {
        names.add(kind + i);
      }
    }
    return List.copyOf(names);
  }

  @Override
  public FeatureExtractor extractor(Workbench bench) {
    return new MfccExtractor(this, bench);
  }
}
