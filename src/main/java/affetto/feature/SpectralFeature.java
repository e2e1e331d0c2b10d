package affetto.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The scalars of {@code spectral}, in the order of the row: what is followed from frame to frame,
 * its unit and range, and the function of librosa 0.11 whose numbers it has; and which statistics
 * over the frames become columns.
 *
 * <p>What all of them share: frames of 2048 samples every 512, at 22050 Hz and librosa's defaults;
 * spectra are magnitudes under a Hann window. A standard deviation has the unit of what it is of,
 * and is at least 0; it takes the frames as all there are. In digital silence all is 0 but the
 * flatness, which is 1, and {@code mfcc_0}. A clip of fewer than 9 frames, 0.19 s, has the same
 * delta in all of them, so their deviation is 0.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/feature.html">librosa.feature 0.11</a>
 */
public enum SpectralFeature {
  ZCR(
      "1",
      "0 to 1",
      "share of samples whose sign differs from that of the sample before",
      "librosa.feature.zero_crossing_rate"),
  RMS("1", "0 to 1", "root mean square of the samples", "librosa.feature.rms"),
  SPECTRAL_CENTROID(
      "Hz",
      "0 to 11025",
      "mean frequency, weighted by magnitude: how bright the sound is",
      "librosa.feature.spectral_centroid"),
  SPECTRAL_BANDWIDTH(
      "Hz",
      "0 to 5512.5",
      "standard deviation of the frequency, weighted by magnitude",
      "librosa.feature.spectral_bandwidth"),
  SPECTRAL_ROLLOFF(
      "Hz",
      "0 to 11025",
      "frequency below which 85 % of the magnitudes lie",
      "librosa.feature.spectral_rolloff"),
  SPECTRAL_FLATNESS(
      "1",
      "0 to 1",
      "geometric mean of the power over its arithmetic mean: low for tones, high for noise",
      "librosa.feature.spectral_flatness"),
  SPECTRAL_CONTRAST(
      7,
      true,
      "dB",
      "at least 0",
      "peaks over valleys: the largest fiftieth of a band's magnitudes over its smallest one, in ten"
          + " times their logarithm; below 200 Hz, then by octaves, from 6400 Hz upwards in the last",
      "librosa.feature.spectral_contrast"),
  MFCC(
      20,
      true,
      "dB",
      "any",
      "cepstral coefficients of 128 mel bands in dB, no more than 80 below the clip's loudest: 0 is"
          + " the level, 1 its tilt over frequency, and so on to ever finer shape",
      "librosa.feature.mfcc"),
  MFCC_DELTA(
      20,
      false,
      "dB/frame",
      "any",
      "how fast those change, by the slope over 9 frames; its mean would only compare the clip's end"
          + " with its beginning",
      "librosa.feature.delta of librosa.feature.mfcc");

  private final int count;
  private final boolean mean;
  private final String unit;
  private final String range;
  private final String doc;
  private final String librosa;

  SpectralFeature(String unit, String range, String doc, String librosa) {
    this(1, true, unit, range, doc, librosa);
  }

  SpectralFeature(int count, boolean mean, String unit, String range, String doc, String librosa) {
    this.count = count;
    this.mean = mean;
    this.unit = unit;
    this.range = range;
    this.doc = doc;
    this.librosa = librosa;
  }

  /** How many there are: 1, or one for each band or coefficient. */
  public int count() {
    return count;
  }

  /** Whether the mean over the frames is a column too, and not their deviation alone. */
  public boolean mean() {
    return mean;
  }

  /** The columns' names, snake case: {@code rms_mean}, {@code mfcc_3_stddev}. */
  public List<String> columns() {
    String name = name().toLowerCase(Locale.ROOT);
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String stem = count == 1 ? name : name + "_" + i;
      if (mean) {
        columns.add(stem + "_mean");
      }
      columns.add(stem + "_stddev");
    }
    return List.copyOf(columns);
  }

  /** The columns of all, in the order of the row. */
  static List<String> allColumns() {
    return Arrays.stream(values()).flatMap(feature -> feature.columns().stream()).toList();
  }

  /** Of a frame's value; {@code 1} for a ratio and for samples. */
  public String unit() {
    return unit;
  }

  /** What values a frame can have, with sound within full scale. */
  public String range() {
    return range;
  }

  /** What it says of a frame. */
  public String doc() {
    return doc;
  }

  /** The function of librosa 0.11, with its defaults. */
  public String librosa() {
    return librosa;
  }
}
