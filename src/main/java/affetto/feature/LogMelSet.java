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
    LogMelFrames.check(NAME + "-" + bands, bands, options);
  }

  @Override
  public String id() {
    return NAME + "-" + bands + options.suffix();
  }

  @Override
  public String definition() {
    return LogMelFrames.definition(id(), bands, options, Map.of());
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
