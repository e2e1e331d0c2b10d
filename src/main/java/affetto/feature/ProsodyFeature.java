package affetto.feature;

import java.util.Locale;

/**
 * The scalars of {@code prosody}, in the order of the row: what each is, its unit and range, and
 * which feature of openSMILE's eGeMAPSv02 it corresponds to.
 *
 * <p>What all of them share: pitch and voicing are pYIN's (openSMILE: subharmonic summation);
 * spectra are of 20 ms under a Hann window (openSMILE: Hamming); contours of pitch and loudness are
 * smoothed over 3 frames, as openSMILE does, and pitch only within a voiced stretch. Where there is
 * nothing to measure, as in silence, the value is 0.
 *
 * @see <a href="https://doi.org/10.1109/TAFFC.2015.2457417">Eyben et al. 2016, The Geneva
 *     Minimalistic Acoustic Parameter Set for voice research and affective computing</a>
 */
public enum ProsodyFeature {
  F0_SEMITONE_MEAN(
      "semitones above 27.5 Hz",
      "12 to 62.3, or 0",
      "mean pitch of the voiced frames",
      "F0semitoneFrom27.5Hz_sma3nz_amean"),
  F0_SEMITONE_STDDEV_NORM(
      "1",
      "at least 0",
      "standard deviation of the pitch over its mean",
      "F0semitoneFrom27.5Hz_sma3nz_stddevNorm"),
  F0_SEMITONE_PERCENTILE_20(
      "semitones above 27.5 Hz",
      "12 to 62.3, or 0",
      "20th percentile of the pitch",
      "F0semitoneFrom27.5Hz_sma3nz_percentile20.0"),
  F0_SEMITONE_PERCENTILE_50(
      "semitones above 27.5 Hz",
      "12 to 62.3, or 0",
      "median of the pitch",
      "F0semitoneFrom27.5Hz_sma3nz_percentile50.0"),
  F0_SEMITONE_PERCENTILE_80(
      "semitones above 27.5 Hz",
      "12 to 62.3, or 0",
      "80th percentile of the pitch",
      "F0semitoneFrom27.5Hz_sma3nz_percentile80.0"),
  F0_SEMITONE_PERCENTILE_RANGE_20_80(
      "semitones",
      "0 to 50.3",
      "from the 20th percentile of the pitch to the 80th",
      "F0semitoneFrom27.5Hz_sma3nz_pctlrange0-2"),
  F0_SEMITONE_MEAN_RISING_SLOPE(
      "semitones/s",
      "at least 0",
      "mean slope of the rises of half a semitone and more",
      "F0semitoneFrom27.5Hz_sma3nz_meanRisingSlope, where a rise is a tenth of the clip's range and"
          + " may cross unvoiced stretches"),
  F0_SEMITONE_STDDEV_RISING_SLOPE(
      "semitones/s",
      "at least 0",
      "standard deviation of the slopes of those rises",
      "F0semitoneFrom27.5Hz_sma3nz_stddevRisingSlope, likewise"),
  F0_SEMITONE_MEAN_FALLING_SLOPE(
      "semitones/s",
      "at least 0",
      "mean steepness of the falls of half a semitone and more",
      "F0semitoneFrom27.5Hz_sma3nz_meanFallingSlope, likewise"),
  F0_SEMITONE_STDDEV_FALLING_SLOPE(
      "semitones/s",
      "at least 0",
      "standard deviation of the steepness of those falls",
      "F0semitoneFrom27.5Hz_sma3nz_stddevFallingSlope, likewise"),
  F0_SEMITONE_SLOPE(
      "semitones/s", "any", "slope of the line through the pitch of all voiced frames", "none"),
  VOICED_SHARE("1", "0 to 1", "share of voiced frames", "none"),
  VOICED_SEGMENTS_PER_SEC(
      "1/s", "at least 0", "voiced stretches by the clip's length", "VoicedSegmentsPerSec"),
  MEAN_VOICED_SEGMENT_LENGTH_SEC(
      "s", "at least 0", "mean length of a voiced stretch", "MeanVoicedSegmentLengthSec"),
  STDDEV_VOICED_SEGMENT_LENGTH_SEC(
      "s",
      "at least 0",
      "standard deviation of the lengths of voiced stretches",
      "StddevVoicedSegmentLengthSec"),
  MEAN_UNVOICED_SEGMENT_LENGTH(
      "s",
      "at least 0",
      "mean length of an unvoiced stretch, pauses among them",
      "MeanUnvoicedSegmentLength"),
  STDDEV_UNVOICED_SEGMENT_LENGTH(
      "s",
      "at least 0",
      "standard deviation of the lengths of unvoiced stretches",
      "StddevUnvoicedSegmentLength"),
  RMS_MEAN(
      "full scale",
      "0 to 1",
      "mean of the frames' root mean square, as librosa.feature.rms 0.11 has it over 20 ms",
      "none"),
  EQUIVALENT_SOUND_LEVEL_DBP(
      "dB relative to full scale",
      "-100 to 0",
      "mean power of the clip",
      "equivalentSoundLevel_dBp"),
  LOUDNESS_MEAN(
      "none",
      "at least 0",
      "mean loudness, estimated from a perceptual spectrum",
      "loudness_sma3_amean"),
  LOUDNESS_STDDEV_NORM(
      "1",
      "at least 0",
      "standard deviation of the loudness over its mean",
      "loudness_sma3_stddevNorm"),
  LOUDNESS_PERCENTILE_20(
      "none", "at least 0", "20th percentile of the loudness", "loudness_sma3_percentile20.0"),
  LOUDNESS_PERCENTILE_50(
      "none", "at least 0", "median of the loudness", "loudness_sma3_percentile50.0"),
  LOUDNESS_PERCENTILE_80(
      "none", "at least 0", "80th percentile of the loudness", "loudness_sma3_percentile80.0"),
  LOUDNESS_PERCENTILE_RANGE_20_80(
      "none",
      "at least 0",
      "from the 20th percentile of the loudness to the 80th",
      "loudness_sma3_pctlrange0-2"),
  LOUDNESS_MEAN_RISING_SLOPE(
      "1/s",
      "at least 0",
      "mean slope of the rises of a tenth of the loudness's range and more",
      "loudness_sma3_meanRisingSlope"),
  LOUDNESS_STDDEV_RISING_SLOPE(
      "1/s",
      "at least 0",
      "standard deviation of the slopes of those rises",
      "loudness_sma3_stddevRisingSlope"),
  LOUDNESS_MEAN_FALLING_SLOPE(
      "1/s",
      "at least 0",
      "mean steepness of the falls of a tenth of the loudness's range and more",
      "loudness_sma3_meanFallingSlope"),
  LOUDNESS_STDDEV_FALLING_SLOPE(
      "1/s",
      "at least 0",
      "standard deviation of the steepness of those falls",
      "loudness_sma3_stddevFallingSlope"),
  LOUDNESS_PEAKS_PER_SEC(
      "1/s",
      "at least 0",
      "peaks of the loudness by the clip's length, which follow the rate of syllables",
      "loudnessPeaksPerSec"),
  JITTER_LOCAL_MEAN(
      "1",
      "0 to 0.3",
      "mean difference of one period of the voice from the next over the mean period",
      "jitterLocal_sma3nz_amean, which is the mean over frames rather than over periods"),
  SHIMMER_LOCAL_DB_MEAN(
      "dB",
      "0 to 4.1",
      "mean difference in level of one period of the voice from the next",
      "shimmerLocaldB_sma3nz_amean, which compares the height of the periods, not their power"),
  HNR_DBACF_MEAN(
      "dB",
      "-30 to 50",
      "mean ratio of harmonic to noise power in the voiced frames, by the correlation of 30 ms with"
          + " the sound one period later",
      "HNRdBACF_sma3nz_amean, which takes the autocorrelation of a window of 60 ms"),
  HNR_DBACF_STDDEV(
      "dB",
      "at least 0",
      "standard deviation of that ratio",
      "none: HNRdBACF_sma3nz_stddevNorm divides by a mean that may be 0"),
  LOG_REL_F0_H1_H2_MEAN(
      "dB",
      "any",
      "mean level of the first harmonic over the second in the voiced frames",
      "logRelF0-H1-H2_sma3nz_amean, which takes the highest bin near each harmonic"),
  LOG_REL_F0_H1_H2_STDDEV(
      "dB",
      "at least 0",
      "standard deviation of that level",
      "none: logRelF0-H1-H2_sma3nz_stddevNorm divides by a mean that may be 0"),
  ALPHA_RATIO_VOICED_MEAN(
      "dB",
      "any",
      "mean over voiced frames of the power from 1 to 5 kHz over that from 50 Hz to 1 kHz",
      "alphaRatioV_sma3nz_amean, where the lower band begins at 0 Hz"),
  ALPHA_RATIO_VOICED_STDDEV(
      "dB",
      "at least 0",
      "standard deviation of that ratio",
      "none: alphaRatioV_sma3nz_stddevNorm divides by a mean that may be 0"),
  HAMMARBERG_INDEX_VOICED_MEAN(
      "dB",
      "any",
      "mean over voiced frames of the highest peak from 50 Hz to 2 kHz over that from 2 to 5 kHz",
      "hammarbergIndexV_sma3nz_amean, where the lower band begins at 0 Hz"),
  HAMMARBERG_INDEX_VOICED_STDDEV(
      "dB",
      "at least 0",
      "standard deviation of that index",
      "none: hammarbergIndexV_sma3nz_stddevNorm divides by a mean that may be 0"),
  SLOPE_VOICED_0_500_MEAN(
      "dB/Hz",
      "any",
      "mean over voiced frames of the spectrum's slope up to 500 Hz, without the bin at 0 Hz",
      "slopeV0-500_sma3nz_amean"),
  SLOPE_VOICED_0_500_STDDEV(
      "dB/Hz",
      "at least 0",
      "standard deviation of that slope",
      "none: slopeV0-500_sma3nz_stddevNorm divides by a mean that may be 0"),
  SLOPE_VOICED_500_1500_MEAN(
      "dB/Hz",
      "any",
      "mean over voiced frames of the spectrum's slope from 500 to 1500 Hz",
      "slopeV500-1500_sma3nz_amean"),
  SLOPE_VOICED_500_1500_STDDEV(
      "dB/Hz",
      "at least 0",
      "standard deviation of that slope",
      "none: slopeV500-1500_sma3nz_stddevNorm divides by a mean that may be 0"),
  SPECTRAL_FLUX_VOICED_MEAN(
      "magnitude",
      "at least 0",
      "mean spectral flux of the voiced frames",
      "spectralFluxV_sma3nz_amean"),
  SPECTRAL_FLUX_VOICED_STDDEV_NORM(
      "1",
      "at least 0",
      "standard deviation of that flux over its mean",
      "spectralFluxV_sma3nz_stddevNorm"),
  ALPHA_RATIO_UNVOICED_MEAN(
      "dB",
      "any",
      "as alpha_ratio_voiced_mean, of the unvoiced frames that are not digital silence",
      "alphaRatioUV_sma3nz_amean, where the lower band begins at 0 Hz"),
  HAMMARBERG_INDEX_UNVOICED_MEAN(
      "dB",
      "any",
      "as hammarberg_index_voiced_mean, of the unvoiced frames that are not digital silence",
      "hammarbergIndexUV_sma3nz_amean, where the lower band begins at 0 Hz"),
  SLOPE_UNVOICED_0_500_MEAN(
      "dB/Hz",
      "any",
      "as slope_voiced_0_500_mean, of the unvoiced frames that are not digital silence",
      "slopeUV0-500_sma3nz_amean"),
  SLOPE_UNVOICED_500_1500_MEAN(
      "dB/Hz",
      "any",
      "as slope_voiced_500_1500_mean, of the unvoiced frames that are not digital silence",
      "slopeUV500-1500_sma3nz_amean"),
  SPECTRAL_FLUX_UNVOICED_MEAN(
      "magnitude",
      "at least 0",
      "mean spectral flux of the unvoiced frames",
      "spectralFluxUV_sma3nz_amean"),
  SPECTRAL_FLUX_MEAN(
      "magnitude",
      "at least 0",
      "mean spectral flux: the root mean square of what each frame's magnitudes up to 5 kHz differ"
          + " from those of the frame before",
      "spectralFlux_sma3_amean"),
  SPECTRAL_FLUX_STDDEV_NORM(
      "1",
      "at least 0",
      "standard deviation of the flux over its mean",
      "spectralFlux_sma3_stddevNorm");

  private final String unit;
  private final String range;
  private final String doc;
  private final String openSmile;

  ProsodyFeature(String unit, String range, String doc, String openSmile) {
    this.unit = unit;
    this.range = range;
    this.doc = doc;
    this.openSmile = openSmile;
  }

  /** The column's name, snake case: {@code f0_semitone_mean}. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What one is, or {@code 1} for a ratio and {@code none} for a scale without a unit. */
  public String unit() {
    return unit;
  }

  /** What values there can be, with sound within full scale. */
  public String range() {
    return range;
  }

  /** What it says of a clip. */
  public String doc() {
    return doc;
  }

  /** The feature of eGeMAPSv02 that it corresponds to, and how that differs. */
  public String openSmile() {
    return openSmile;
  }
}
