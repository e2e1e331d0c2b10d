package affetto.hostile;

import affetto.hostile.Ordeal.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** No reader of ours throws what is not ours, hangs or eats memory, whatever it is fed with. */
class HostileProperties {

  private static final Map<String, List<byte[]>> SEEDS = new HashMap<>();

  private static List<byte[]> seeds(String target) throws IOException {
    if (!SEEDS.containsKey(target)) {
      SEEDS.put(target, Seeds.of(target));
    }
    return SEEDS.get(target);
  }

  /** What a fuzzer once found worth keeping, as it was found. */
  @Example
  void keptInputs() throws IOException {
    for (Target target : Targets.all()) {
      for (byte[] input : seeds(target.name())) {
        Ordeal.passes(target, input);
      }
    }
  }

  @Property(tries = 3000, seed = "2031", shrinking = ShrinkingMode.OFF)
  void mutatedInputs(@ForAll("targets") String name, @ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> seeds = seeds(name);
    byte[] input = seeds.get(random.nextInt(seeds.size()));
    for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
      input = mutated(input, seeds.get(random.nextInt(seeds.size())), random);
    }
    Ordeal.passes(Targets.named(name), input);
  }

  @Provide
  Arbitrary<String> targets() {
    return Arbitraries.of(Targets.all().stream().map(Target::name).toList());
  }

  /** A byte changed, or a stretch of them removed, repeated, overwritten or taken from another. */
  private static byte[] mutated(byte[] input, byte[] other, Random random) {
    if (input.length == 0) {
      return other;
    }
    int at = random.nextInt(input.length);
    int length = Math.min(1 + random.nextInt(16), input.length - at);
    byte[] changed = input.clone();
    switch (random.nextInt(8)) {
      case 0 -> changed[at] = (byte) random.nextInt(256);
      case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> Arrays.fill(changed, at, at + length, (byte) 0xff);
      case 3 -> Arrays.fill(changed, at, at + length, (byte) 0);
      case 4 -> changed = join(input, at, input, at + length);
      case 5 -> changed = join(input, at + length, input, at);
      case 6 -> changed = Arrays.copyOf(input, at);
      default -> changed = join(input, at, other, random.nextInt(1 + other.length));
    }
    return changed;
  }

  private static byte[] join(byte[] head, int to, byte[] tail, int from) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(head, 0, to);
    joined.write(tail, from, tail.length - from);
    return joined.toByteArray();
  }
}
