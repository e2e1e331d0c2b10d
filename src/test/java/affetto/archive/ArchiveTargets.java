package affetto.archive;

import affetto.archive.Archives.InMemory;
import affetto.hostile.Ordeal.Target;
import java.io.IOException;
import java.util.List;

/** Archives to be listed, and all that they list to be read. */
public final class ArchiveTargets {

  private static final long MIB = 1 << 20;
  private static final int MOST = 1 << 16;

  private ArchiveTargets() {}

  /** A tar of any kind unfolds to at most 1032 times its bytes, and each block costs eight more. */
  public static List<Target> all() {
    return List.of(
        new Target("zip", ArchiveTargets::zip, input -> 2 * MIB + 4096L * input.length, false),
        new Target("tar", ArchiveTargets::tar, input -> 2 * MIB + 512L * input.length, false),
        new Target(
            "targz",
            input -> Contents.list(ArchiveKind.TAR_GZ, new InMemory(input)),
            input -> 2 * MIB + 8 * 1032L * input.length,
            false));
  }

  private static void zip(byte[] input) throws ArchiveException, IOException {
    readAll(input, Contents.list(ArchiveKind.ZIP, new InMemory(input)));
  }

  private static void tar(byte[] input) throws ArchiveException, IOException {
    readAll(input, Contents.list(ArchiveKind.TAR, new InMemory(input)));
  }

  private static void readAll(byte[] input, Contents contents) throws IOException {
    for (Member member : contents.members()) {
      if (member.bytes() > MOST) {
        continue;
      }
      try {
        byte[] bytes = Members.read(new InMemory(input), member);
        if (bytes.length != member.bytes()) {
          throw new AssertionError("%s has %d bytes".formatted(member, bytes.length));
        }
      } catch (ArchiveException e) {
        if (e.getMessage().isBlank()) {
          throw new AssertionError("no reason", e);
        }
      }
    }
  }
}
