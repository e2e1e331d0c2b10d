package affetto.job;

import affetto.archive.ArchiveKind;
import affetto.corpus.Corpus;
import affetto.corpus.UnparsableNameException;
import affetto.fault.BadInputException;
import affetto.storage.Location;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * What lies in a corpus's folder or archive, listed once per directory.
 *
 * <p>Files and folders whose names begin with a dot or an underscore, and the leavings of desktops
 * ({@code Thumbs.db}, {@code desktop.ini}), are hidden: not listed at all. Everything else counts;
 * what is no clip (a {@code .csv} beside the audio) is rejected with a reason. Of an archive, what
 * lies in it is listed instead.
 *
 * @param files everything that is not hidden, by path
 * @param byUtterance the files of each utterance's id, by path: the first that can be decoded is
 *     taken
 * @param rejections files whose names do not parse, or that are too large
 */
record CorpusListing(
    List<SourceFile> files,
    List<List<SourceFile>> byUtterance,
    List<IngestResult.Rejection> rejections) {

  private static final Set<String> LEAVINGS = Set.of("thumbs.db", "desktop.ini");

  /**
   * Lists a corpus.
   *
   * @param lister tells what lies in archives
   * @throws BadInputException if there is no such folder or archive, or no file in it
   */
  static CorpusListing of(
      Configuration conf,
      CorpusSource source,
      long maxFileBytes,
      Function<List<SourceFile>, List<ArchiveList>> lister) {
    Corpus corpus = Corpus.named(source.corpus());
    OpenedArchives opened = OpenedArchives.of(files(conf, source), lister);
    List<SourceFile> files = opened.files();
    if (files.isEmpty()) {
      throw new BadInputException(
          "corpus %s: there is no file in %s".formatted(source.corpus(), source.uri()));
    }
    Map<String, List<SourceFile>> byUtterance = new LinkedHashMap<>();
    List<IngestResult.Rejection> rejections = new ArrayList<>(opened.rejections());
    Set<String> rejected =
        rejections.stream().map(IngestResult.Rejection::uri).collect(Collectors.toSet());
    for (SourceFile file : files) {
      if (rejected.contains(file.uri())) {
        continue;
      }
      try {
        String id = corpus.parse(file.uri()).id();
        if (file.bytes() > maxFileBytes) {
          rejections.add(
              new IngestResult.Rejection(
                  file.uri(),
                  "size: %d bytes, the limit is %d".formatted(file.bytes(), maxFileBytes)));
        } else {
          byUtterance.computeIfAbsent(id, key -> new ArrayList<>()).add(file);
        }
      } catch (UnparsableNameException e) {
        rejections.add(new IngestResult.Rejection(file.uri(), "name: " + e.getMessage()));
      }
    }
    refuseArchive(source, files, rejections);
    return new CorpusListing(files, List.copyOf(byUtterance.values()), rejections);
  }

  /** An archive that is all of a corpus and cannot be opened is the user's mistake. */
  private static void refuseArchive(
      CorpusSource source, List<SourceFile> files, List<IngestResult.Rejection> rejections) {
    boolean alone = files.size() == 1 && rejections.size() == 1 && files.get(0).packed() == null;
    if (alone
        && OpenedArchives.isArchive(files.get(0))
        && ArchiveKind.of(source.uri()).isPresent()) {
      throw new BadInputException(
          "corpus %s: %s: %s".formatted(source.corpus(), source.uri(), rejections.get(0).reason()));
    }
  }

  /**
   * Shares the work out in stable order.
   *
   * <p>What lies in one compressed tar stays together: only one pass over all of it leads there.
   *
   * @param maxBytes of one part, unless a single utterance has more
   * @param maxFiles of one part
   */
  List<List<List<SourceFile>>> parts(long maxBytes, int maxFiles) {
    List<List<List<SourceFile>>> parts = new ArrayList<>();
    List<List<SourceFile>> part = new ArrayList<>();
    long bytes = 0;
    for (List<SourceFile> candidates : byUtterance) {
      long more = bytes(candidates);
      boolean full = bytes + more > maxBytes || part.size() >= maxFiles;
      if (!part.isEmpty() && full && !inOnePass(part.get(part.size() - 1), candidates)) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(candidates);
      bytes += more;
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  private static boolean inOnePass(List<SourceFile> before, List<SourceFile> next) {
    SourceFile.Packed last = before.get(0).packed();
    SourceFile.Packed packed = next.get(0).packed();
    return last != null
        && packed != null
        && last.archive().equals(packed.archive())
        && ArchiveKind.of(last.archive().uri()).filter(kind -> !kind.seekable()).isPresent();
  }

  /** Bytes of all listed files. */
  long bytes() {
    return bytes(files);
  }

  private static long bytes(Collection<SourceFile> files) {
    return files.stream().mapToLong(SourceFile::bytes).sum();
  }

  private static List<SourceFile> files(Configuration conf, CorpusSource source) {
    try {
      Path root = new Path(Location.checked(source.uri()));
      FileSystem system = root.getFileSystem(conf);
      root = system.makeQualified(root);
      FileStatus status = system.getFileStatus(root);
      SourceFile itself =
          new SourceFile(root.toString(), status.getLen(), status.getModificationTime());
      if (!status.isDirectory() && !OpenedArchives.isArchive(itself)) {
        throw new BadInputException(
            "corpus %s: %s is a file, neither a folder nor an archive (.zip, .tar, .tar.gz, .tgz)"
                .formatted(source.corpus(), source.uri()));
      }
      return status.isDirectory() ? below(system, root) : List.of(itself);
    } catch (FileNotFoundException e) {
      throw new BadInputException(
          "corpus %s: there is no folder %s".formatted(source.corpus(), source.uri()), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "corpus %s: cannot list %s: %s"
              .formatted(source.corpus(), source.uri(), firstLine(e.getMessage())),
          e);
    }
  }

  /** Every file below a folder that is not hidden, by path. */
  static List<SourceFile> below(FileSystem system, Path root) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    Deque<Path> folders = new ArrayDeque<>(List.of(root));
    while (!folders.isEmpty()) {
      // Not listFiles: on a local disk that starts a process for each file's permissions.
      RemoteIterator<FileStatus> listed = system.listStatusIterator(folders.pop());
      while (listed.hasNext()) {
        FileStatus status = listed.next();
        if (hidden(status.getPath().getName())) {
          continue;
        }
        if (status.isDirectory()) {
          folders.push(status.getPath());
        } else {
          files.add(
              new SourceFile(
                  status.getPath().toString(), status.getLen(), status.getModificationTime()));
        }
      }
    }
    files.sort(Comparator.comparing(SourceFile::uri));
    return files;
  }

  /** Whether a file or folder of this name is passed over. */
  static boolean hidden(String name) {
    return name.startsWith(".")
        || name.startsWith("_")
        || LEAVINGS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static String firstLine(String message) {
    return message == null ? "no reason given" : message.lines().findFirst().orElse("");
  }
}
