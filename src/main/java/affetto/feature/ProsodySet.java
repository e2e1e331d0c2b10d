package affetto.feature;

import affetto.dsp.Loudness;
import affetto.dsp.PyinParameters;
import affetto.dsp.SpectralBalance;
import affetto.dsp.Workbench;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code prosody}: how something is said, in one row of named scalars. Pitch, voicing, loudness,
 * voice quality and spectral balance of the whole recording at 16 kHz, every 10 ms. They follow the
 * extended Geneva set (eGeMAPS) but for its formants and MFCC; {@link ProsodyFeature} documents
 * each.
 *
 * <p>Gain changes what measures loudness and spectral flux, and nothing else.
 */
record ProsodySet() implements FeatureSet {
  static final int SAMPLE_RATE = 16000;
  static final int HOP_LENGTH = 160;
  static final double FRAMES_PER_SECOND = (double) SAMPLE_RATE / HOP_LENGTH;

  /**
   * With librosa's defaults much noise is voiced: a hundredth goes to the deepest trough of every
   * frame, more than to any one of the unvoiced pitches. Here it gets nothing, and thresholds lie
   * at 0.15 in the mean rather than 0.1.
   */
  static final PyinParameters PITCH =
      new PyinParameters(
          SAMPLE_RATE, 55, 1000, 1024, HOP_LENGTH, 100, 2, 34.0 / 3, 2, 0.1, 35.92, 0.01, 0);

  /** The reference of the semitones: the lowest A of a piano. */
  static final double LOWEST_A_HZ = 27.5;

  static final int SMOOTHED_FRAMES = 3;
  static final double PITCH_TURN_SEMITONES = 0.5;
  static final double LOUDNESS_TURN_SHARE = 0.1;

  static final int N_FFT = 512;
  static final int WIN_LENGTH = 320;

  /** As Praat: a jump of a period or an amplitude by more is an error, not a tremble. */
  static final double MAX_JITTER_FACTOR = 1.3;

  static final double MAX_SHIMMER_FACTOR = 1.6;
  static final double MIN_PULSE_CORRELATION = 0.3;
  static final double MIN_PERIOD_FACTOR = 0.8;
  static final double MAX_PERIOD_FACTOR = 1.25;

  /** A pulse's sound begins before its strongest sample, by this share of the period. */
  static final double PULSE_LEAD = 0.25;

  static final int HNR_LENGTH = 480;
  static final double HNR_SEARCH = 0.06;
  static final double MIN_HNR_CORRELATION = 1e-3;
  static final double MAX_HNR_CORRELATION = 1 - 1e-5;
  static final int HARMONIC_PERIODS = 4;

  @Override
  public String id() {
    return "prosody";
  }

  @Override
  public String definition() {
    return Definition.json(
        Map.ofEntries(
            Map.entry("id", id()),
            Map.entry("revision", 1),
            Map.entry("sample_rate", SAMPLE_RATE),
            Map.entry("hop_length", HOP_LENGTH),
            Map.entry("pitch", pitch()),
            Map.entry("semitones_above_hz", LOWEST_A_HZ),
            Map.entry("smoothed_frames", SMOOTHED_FRAMES),
            Map.entry("pitch_turn_semitones", PITCH_TURN_SEMITONES),
            Map.entry("loudness", loudness()),
            Map.entry("loudness_turn_share", LOUDNESS_TURN_SHARE),
            Map.entry("n_fft", N_FFT),
            Map.entry("win_length", WIN_LENGTH),
            Map.entry("window", "hann"),
            Map.entry("bands_hz", bands()),
            Map.entry("max_jitter_factor", MAX_JITTER_FACTOR),
            Map.entry("max_shimmer_factor", MAX_SHIMMER_FACTOR),
            Map.entry("min_pulse_correlation", MIN_PULSE_CORRELATION),
            Map.entry("min_period_factor", MIN_PERIOD_FACTOR),
            Map.entry("max_period_factor", MAX_PERIOD_FACTOR),
            Map.entry("pulse_lead", PULSE_LEAD),
            Map.entry("hnr_length", HNR_LENGTH),
            Map.entry("hnr_search", HNR_SEARCH),
            Map.entry("min_hnr_correlation", MIN_HNR_CORRELATION),
            Map.entry("max_hnr_correlation", MAX_HNR_CORRELATION),
            Map.entry("harmonic_periods", HARMONIC_PERIODS),
            Map.entry("order", String.join(" ", names()))));
  }

  private static String pitch() {
    return "pyin f_min_hz=%s f_max_hz=%s frame_length=%s n_thresholds=%s beta=%s:%s boltzmann=%s"
            .formatted(
                PITCH.fMinHz(),
                PITCH.fMaxHz(),
                PITCH.frameLength(),
                PITCH.nThresholds(),
                PITCH.betaA(),
                PITCH.betaB(),
                PITCH.boltzmann())
        + " resolution=%s max_transition_rate=%s switch_prob=%s no_trough_prob=%s"
            .formatted(
                PITCH.resolution(),
                PITCH.maxTransitionRate(),
                PITCH.switchProb(),
                PITCH.noTroughProb());
  }

  private static String loudness() {
    return "plp n_mels=%s f_min_hz=%s f_max_hz=%s exponent=%s"
        .formatted(Loudness.BANDS, Loudness.F_MIN_HZ, Loudness.F_MAX_HZ, Loudness.EXPONENT);
  }

  private static String bands() {
    return "alpha and hammarberg from %s to %s divided at %s and %s, slopes 0 to 500 to 1500, flux"
            .formatted(
                SpectralBalance.F_MIN_HZ,
                SpectralBalance.F_MAX_HZ,
                SpectralBalance.ALPHA_HZ,
                SpectralBalance.HAMMARBERG_HZ)
        + " 0 to 5000";
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
    return Arrays.stream(ProsodyFeature.values())
        .map(ProsodyFeature::column)
        .collect(Collectors.toUnmodifiableList());
  }

  @Override
  public FeatureExtractor extractor(Workbench bench) {
    return new ProsodyExtractor(bench);
  }
}
