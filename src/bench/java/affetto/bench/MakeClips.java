package affetto.bench;

import affetto.synth.SynthSpec;
import affetto.synth.SyntheticCorpora;
import java.io.IOException;
import java.nio.file.Path;

/** Writes synthetic clips, at the four corpora's rates, into a folder. */
public final class MakeClips {
  private MakeClips() {}

  public static void main(String[] arguments) throws IOException {
    SyntheticCorpora.write(Path.of(arguments[0]), new SynthSpec(4, 16, 42));
  }
}
