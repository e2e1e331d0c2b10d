package affetto.store;

import affetto.fault.BadInputException;
import affetto.model.TrainedModel;
import affetto.storage.Location;
import affetto.storage.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Published models below one folder: {@code STORE/NAME/VERSION/} with what the classifier wrote
 * ({@code network.zip} of a network), {@code scaler.json} and, written last, {@code manifest.json}.
 *
 * <p>A version without a manifest does not exist for readers: it is being written, or its writer
 * died. Versions never change once published, and a number is never given twice.
 *
 * <p>A publisher claims a number before it writes, and of any number of publishers at once no two
 * ever get the same: {@link Claim} says how, on which kind of storage, and what that rests on.
 */
public final class ModelStore {
  private static final String MANIFEST = "manifest.json";
  private static final String CHECKPOINTS = "_checkpoints";

  /** Of a manifest or another description. */
  static final int MOST_JSON_BYTES = 16 << 20;

  /** Of a network or an array of its numbers. */
  static final int MOST_BYTES = 1 << 30;

  private final Path root;
  private final FileSystem files;

  /**
   * A store, which need not exist yet.
   *
   * @param root a plain path or a URI of any file system that Hadoop knows
   * @param hadoop how to reach it
   * @throws BadInputException if the root cannot be understood or its file system not reached
   */
  public ModelStore(String root, Configuration hadoop) {
    Location.checked(root);
    try {
      Path given = new Path(root);
      this.files = given.getFileSystem(hadoop);
      this.root = files.makeQualified(given);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "model store '%s' cannot be used: %s".formatted(root, e.getMessage()), e);
    }
  }

  /**
   * Publishes a model under the next free version.
   *
   * @param name letters, digits, dots, dashes and underscores, the first a letter or digit
   * @param model what to publish
   * @param manifest all but name, version and files, which the store sets
   * @return the manifest as published
   * @throws BadInputException if the name cannot be used, or the store not written to
   */
  public ModelManifest publish(String name, TrainedModel model, ModelManifest manifest) {
    checkName(name);
    try {
      return publishNext(name, model, manifest);
    } catch (IOException e) {
      throw new BadInputException(
          "model store '%s' cannot be written to: %s".formatted(root, e.getMessage()), e);
    }
  }

  private static void checkName(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new BadInputException(
          "model name '%s': only letters, digits, '.', '-' and '_', first a letter or digit"
              .formatted(name));
    }
  }

  /**
   * The unfinished trainings of a model.
   *
   * @throws BadInputException if the name cannot be used
   */
  public CheckpointStore checkpoints(String name) {
    checkName(name);
    return new CheckpointStore(this, files, new Path(new Path(root, name), CHECKPOINTS));
  }

  private ModelManifest publishNext(String name, TrainedModel model, ModelManifest manifest)
      throws IOException {
    Claim claim = new Claim(files);
    for (int version = newest(name) + 1; ; version = Math.max(version, newest(name)) + 1) {
      Path folder = folder(name, version);
      if (!claim.isWon(folder)) {
        claim.pause();
        continue;
      }
      VersionFolder own = new VersionFolder(files, folder);
      model.classifier().write(own);
      own.write(StoredModel.SCALER, StoreJson.write(model.scaler()));
      ModelManifest published = manifest.as(name, version, own.sums());
      WholeFile.put(files, new Path(folder, MANIFEST), StoreJson.write(published));
      return published;
    }
  }

  /** Every published version, by name and then by number; empty where the store is not there. */
  public List<ModelManifest> list() {
    return folders(root).stream().flatMap(name -> list(name).stream()).toList();
  }

  /** Every published version of a model, by number; empty where there is none. */
  public List<ModelManifest> list(String name) {
    return published(name).stream().map(version -> manifest(name, version)).toList();
  }

  /**
   * The same without those whose manifest cannot be read.
   *
   * @param unreadable told of each of these, in a line
   */
  public List<ModelManifest> readable(String name, Consumer<String> unreadable) {
    List<ModelManifest> manifests = new ArrayList<>();
    for (int version : published(name)) {
      try {
        manifests.add(manifest(name, version));
      } catch (BadInputException e) {
        unreadable.accept(e.getMessage());
      }
    }
    return manifests;
  }

  /**
   * A version's manifest.
   *
   * @param reference {@code NAME} (its newest version) or {@code NAME:VERSION}
   * @throws BadInputException if there is no such version; the message lists what there is
   */
  public ModelManifest manifest(String reference) {
    String[] parts = reference.split(":", -1);
    List<Integer> versions =
        parts.length <= 2 && !parts[0].isEmpty() ? published(parts[0]) : List.of();
    if (!versions.isEmpty() && parts.length == 1) {
      return manifest(parts[0], versions.get(versions.size() - 1));
    }
    for (int version : versions) {
      if (parts[1].equals(Integer.toString(version))) {
        return manifest(parts[0], version);
      }
    }
    throw new BadInputException(
        "no model '%s' in store '%s'; there %s".formatted(reference, root, inventory()));
  }

  private String inventory() {
    List<String> all =
        folders(root).stream()
            .flatMap(name -> published(name).stream().map(version -> name + ":" + version))
            .toList();
    return all.isEmpty() ? "is none at all" : "are " + String.join(", ", all);
  }

  /**
   * Opens a version: its files are read, or checked where its classifier is to read them.
   *
   * @param reference {@code NAME} (its newest version) or {@code NAME:VERSION}
   * @throws BadInputException if there is no such version, or its files are not what was published
   */
  public StoredModel open(String reference) {
    ModelManifest manifest = manifest(reference);
    Path folder = folder(manifest.name(), manifest.version());
    return new StoredModel(
        manifest, folder.toString(), new VersionFolder(files, folder).read(manifest.files()));
  }

  private ModelManifest manifest(String name, int version) {
    Path path = new Path(folder(name, version), MANIFEST);
    try {
      ModelManifest manifest = StoreJson.read(read(path, MOST_JSON_BYTES), ModelManifest.class);
      Optional<String> fault = manifest.fault(name, version);
      if (fault.isPresent()) {
        throw new IOException(fault.get());
      }
      return manifest;
    } catch (IOException e) {
      throw new BadInputException(
          "manifest '%s' cannot be read: %s".formatted(path, firstLine(e.getMessage())), e);
    }
  }

  static String firstLine(String message) {
    return message == null ? "no reason given" : message.lines().findFirst().orElse("");
  }

  private Path folder(String name, int version) {
    return new Path(new Path(root, name), Integer.toString(version));
  }

  /** Numbers that readers may open, ascending. */
  private List<Integer> published(String name) {
    List<Integer> versions = new ArrayList<>();
    for (int version : numbers(name)) {
      try {
        if (files.exists(new Path(folder(name, version), MANIFEST))) {
          versions.add(version);
        }
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    return versions;
  }

  /** The highest number that anybody has claimed, 0 where nobody has. */
  private int newest(String name) {
    List<Integer> numbers = numbers(name);
    return numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
  }

  private List<Integer> numbers(String name) {
    return folders(new Path(root, name)).stream()
        .filter(folder -> folder.matches("[1-9][0-9]{0,8}"))
        .map(Integer::valueOf)
        .sorted(Comparator.naturalOrder())
        .collect(Collectors.toList());
  }

  /** Names of the folders in one, sorted; none where it is not there. */
  List<String> folders(Path parent) {
    try {
      return Arrays.stream(files.listStatus(parent))
          .filter(FileStatus::isDirectory)
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private BadInputException unreadable(IOException e) {
    return new BadInputException(
        "model store '%s' cannot be read: %s".formatted(root, firstLine(e.getMessage())), e);
  }

  void write(Path path, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = files.create(path, true)) {
      out.write(bytes);
    }
  }

  /** A file's bytes, if they are not more than a model's file has. */
  byte[] read(Path path, int most) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      return read(in, most);
    }
  }

  static byte[] read(FSDataInputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most);
    if (bytes.length == most) {
      throw new IOException("it has more than the %d bytes that are read".formatted(most - 1));
    }
    return bytes;
  }
}
