package affetto.job;

import affetto.audio.AudioDecoder;
import affetto.audio.AudioException;
import affetto.audio.AudioQuality;
import affetto.audio.Waveform;
import affetto.augment.Augmentation;
import affetto.augment.Chain;
import affetto.augment.FolderNoise;
import affetto.augment.NoiseBank;
import affetto.fault.BadInputException;
import affetto.storage.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads the noise that a sweep names by its folder.
 *
 * <p>Recordings are taken in the order of their paths, from folders below, too; what is hidden is
 * passed over, and anything else that is not sound is an error. The banks are held in memory by the
 * driver and each executor, so their size is bounded.
 */
final class NoiseFolders {

  /** Of one folder's files, and of its decoded samples: 70 minutes at 16 kHz. */
  static final long MOST_BYTES = 256L << 20;

  private final Configuration hadoop;
  private final long mostBytes;
  private final Map<String, NoiseBank> banks = new HashMap<>();

  NoiseFolders(Configuration hadoop, long mostBytes) {
    this.hadoop = hadoop;
    this.mostBytes = mostBytes;
  }

  /**
   * The augmentations with their recordings, each folder read once.
   *
   * @throws BadInputException if a folder cannot be read, is empty, too large, or holds a file that
   *     is not sound; the message names it
   */
  static List<Augmentation> read(List<Augmentation> augmentations, Configuration hadoop) {
    NoiseFolders folders = new NoiseFolders(hadoop, MOST_BYTES);
    return augmentations.stream().map(folders::read).toList();
  }

  /** One augmentation with its recordings; itself where it wants none. */
  Augmentation read(Augmentation augmentation) {
    if (augmentation instanceof FolderNoise noise) {
      return noise.with(banks.computeIfAbsent(noise.folder(), key -> bank(noise)));
    }
    if (augmentation instanceof Chain chain) {
      return new Chain(chain.steps().stream().map(this::read).toList());
    }
    return augmentation;
  }

  private NoiseBank bank(FolderNoise noise) {
    String folder = noise.folder();
    try {
      Path root = new Path(Location.checked(folder));
      FileSystem system = root.getFileSystem(hadoop);
      List<SourceFile> files = CorpusListing.below(system, system.makeQualified(root));
      if (files.isEmpty()) {
        throw new BadInputException("noise folder %s: there is no file in it".formatted(folder));
      }
      checkSize(folder, "its files", files.stream().mapToLong(SourceFile::bytes).sum());
      List<Waveform> recordings = new ArrayList<>();
      long bytes = 0;
      for (SourceFile file : files) {
        Waveform recording = recording(system, file);
        bytes += (long) Float.BYTES * recording.samples().length;
        checkSize(folder, "its samples", bytes);
        recordings.add(recording);
      }
      return new NoiseBank(noise.name(), recordings);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "noise folder %s cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private void checkSize(String folder, String what, long bytes) {
    if (bytes > mostBytes) {
      throw new BadInputException(
          "noise folder %s: %s are more than %d MiB; take fewer or shorter recordings"
              .formatted(folder, what, mostBytes >> 20));
    }
  }

  private static Waveform recording(FileSystem system, SourceFile file) throws IOException {
    try (FSDataInputStream in = system.open(new Path(file.uri()))) {
      Waveform recording = AudioDecoder.decode(in.readAllBytes()).waveform();
      if (AudioQuality.of(recording).peak() == 0) {
        throw new AudioException("there is no sound in it");
      }
      return recording;
    } catch (AudioException e) {
      throw new BadInputException("noise file %s: %s".formatted(file.uri(), e.getMessage()), e);
    }
  }
}
