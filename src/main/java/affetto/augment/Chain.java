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
 * @param steps at least one; their ids, joined by underscores, at most 200 characters, since file
 *     systems end a folder's name at 255
 */
public record Chain(List<Augmentation> steps) implements Augmentation {
  private static final long SEED_STEP = 0xd1b54a32d192ed03L;
  private static final int LONGEST_ID = 200;

  public Chain {
    if (steps.isEmpty()) {
      throw new BadInputException("a chain of augmentations needs at least one step");
    }
    steps = steps.stream().flatMap(Chain::flat).toList();
    String id = joined(steps);
    if (id.length() > LONGEST_ID) {
      throw new BadInputException(
          "a chain's id may have %d characters, not %d: %s".formatted(LONGEST_ID, id.length(), id));
    }
  }

  private static Stream<Augmentation> flat(Augmentation step) {
    return step instanceof Chain chain ? chain.steps().stream() : Stream.of(step);
  }

  private static String joined(List<Augmentation> steps) {
    return steps.stream().map(Augmentation::id).collect(Collectors.joining("_"));
  }

  @Override
  public String id() {
    return joined(steps);
  }

  /** Rises with any step's, as these only rise. */
  @Override
  public int revision() {
    return 1 + steps.stream().mapToInt(step -> step.revision() - 1).sum();
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
