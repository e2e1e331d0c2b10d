package affetto.feature;

import affetto.dsp.Workbench;
import affetto.fault.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * {@code logmel-N}: N mel bands from 50 to 5500 Hz in dB of the whole recording at 16 kHz; frames x
 * bands. Nothing is trimmed: values are dB relative to a power of 1, no more than 80 below the
 * loudest, unless they are normalised.
 *
 * @param bands 8 to 128
 */
record LogMelSet(int bands, FrameOptions options) implements FeatureSet {
  static final String NAME = "logmel";

  LogMelSet {
    if (bands < 8 || bands > 128) {
      throw new BadInputException("%s-%d: the bands are not from 8 to 128".formatted(NAME, bands));
    }
    if (LogMelFrames.bank(bands, options).hasEmptyBand()) {
      throw new BadInputException(
          "%s-%d%s: some bands hold no frequency; take fewer bands or a longer window"
              .formatted(NAME, bands, options.suffix()));
    }
  }

  @Override
  public String id() {
    return NAME + "-" + bands + options.suffix();
  }

  @Override
  public String definition() {
    return Definition.json(
        Map.ofEntries(
            Map.entry("id", id()),
            Map.entry("revision", 2),
            Map.entry("sample_rate", FrameOptions.SAMPLE_RATE),
            Map.entry("n_fft", options.nFft()),
            Map.entry("win_length", options.winLength()),
            Map.entry("hop_length", options.hopLength()),
            Map.entry("window", "hann"),
            Map.entry("mel", "slaney"),
            Map.entry("n_mels", bands),
            Map.entry("f_min_hz", LogMelFrames.F_MIN_HZ),
            Map.entry("f_max_hz", LogMelFrames.F_MAX_HZ),
            Map.entry("scale", "db"),
            Map.entry("top_db", LogMelFrames.TOP_DB),
            Map.entry("normalised", options.normalised() ? "utterance" : "no")));
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
    return IntStream.range(0, bands).mapToObj(band -> "logmel_" + band).toList();
  }

  @Override
  public FeatureExtractor extractor(Workbench bench) {
    return new LogMelExtractor(this, bench);
  }
}
