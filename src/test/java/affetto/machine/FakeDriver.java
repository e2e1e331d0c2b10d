package affetto.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs that answer as {@code nvidia-smi} does on machines that we do not have. */
public final class FakeDriver {

  public static final String H100 = "0, NVIDIA H100 80GB HBM3, 535.129.03, 9.0, 81559 MiB";
  public static final String A100 = "0, NVIDIA A100-SXM4-80GB, 535.104.12, 8.0, 81920 MiB";
  public static final String L4 = "0, NVIDIA L4, 550.54.15, 8.9, 23034 MiB";
  public static final String K80 = "0, Tesla K80, 470.223.02, 3.7, 11441 MiB";
  public static final String B200 = "0, NVIDIA B200, 570.124.06, 10.0, 183359 MiB";

  private final Path program;

  private FakeDriver(Path program) {
    this.program = program;
  }

  /** A driver with these GPUs, one a line, which knows the query and {@code --id} by index. */
  public static FakeDriver showing(Path folder, String... lines) {
    return running(
        folder,
        """
        fields=index,name,driver_version,compute_cap,memory.total
        wanted='[0-9]*'
        for word; do
          case $word in
            --id=*) wanted=${word#--id=} ;;
            --query-gpu=index) fields=index ;;
            --query-gpu=$fields | --format=csv,noheader) ;;
            *) echo "Invalid combination of input arguments."; exit 2 ;;
          esac
        done
        found=no
        while IFS= read -r gpu; do
          case $gpu in
            $wanted,*) found=yes; if [ $fields = index ]; then echo "${gpu%%%%,*}"; else echo "$gpu"; fi ;;
          esac
        done <<'GPUS'
        %s
        GPUS
        [ $found = yes ] || { echo "No devices were found"; exit 6; }
        """
            .formatted(String.join("\n", lines)));
  }

  /** A driver that does this, in the shell's words. */
  public static FakeDriver running(Path folder, String script) {
    Path program = folder.resolve("nvidia-smi");
    try {
      Files.createDirectories(folder);
      Files.writeString(program, "#!/bin/sh\n" + script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!program.toFile().setExecutable(true)) {
      throw new IllegalStateException(program + " cannot be made executable");
    }
    return new FakeDriver(program);
  }

  /** To be asked, with patience. */
  public NvidiaSmi smi() {
    return smi(20_000);
  }

  /** To be asked, for so long at most. */
  public NvidiaSmi smi(long millis) {
    return new NvidiaSmi(program.toString(), millis);
  }
}
