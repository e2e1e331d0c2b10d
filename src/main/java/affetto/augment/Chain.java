package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;
import affetto.fault.BadInputException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Augmentations one after the other. Chains within a chain are laid flat, so that equal ids mean
 * equal results; each step draws from a seed of its own, the first from the chain's.
 *
 * @param steps at least one
 */
public record Chain(List<Augmentation> steps) implements Augmentation {
  private static final long SEED_STEP = 0xd1b54a32d192ed03L;

  public Chain {
    if (steps.isEmpty()) {
      throw new BadInputException("a chain of augmentations needs at least one step");
    }
    steps = steps.stream().flatMap(Chain::flat).toList();
  }

  private static Stream<Augmentation> flat(Augmentation step) {
    return step instanceof Chain chain ? chain.steps().stream() : Stream.of(step);
  }

  @Override
  public String id() {
    return steps.stream().map(Augmentation::id).collect(Collectors.joining("_"));
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    Waveform result = waveform;
    for (int i = 0; i < steps.size(); i++) {
      result = steps.get(i).apply(result, seed + i * SEED_STEP, bench);
    }
    return result;
  }
}
