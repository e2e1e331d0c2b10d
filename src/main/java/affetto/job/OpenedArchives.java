package affetto.job;

import affetto.archive.ArchiveKind;
import affetto.archive.Contents;
import affetto.archive.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Files that were listed, with archives among them opened: in an archive's stead stands what lies
 * in it, and is not hidden there.
 *
 * @param files by path; an archive that could not be opened stands for itself
 * @param rejections archives, and members of them, that cannot be read
 */
record OpenedArchives(List<SourceFile> files, List<IngestResult.Rejection> rejections) {

  /**
   * Opens archives.
   *
   * @param listed by path
   * @param lister lists archives, all of them or none; each list stands where its archive stood
   */
  static OpenedArchives of(
      List<SourceFile> listed, Function<List<SourceFile>, List<ArchiveList>> lister) {
    List<SourceFile> archives = listed.stream().filter(OpenedArchives::isArchive).toList();
    if (archives.isEmpty()) {
      return new OpenedArchives(listed, List.of());
    }
    List<SourceFile> files =
        listed.stream().filter(file -> !isArchive(file)).collect(Collectors.toList());
    List<IngestResult.Rejection> rejections = new ArrayList<>();
    List<ArchiveList> lists = lister.apply(archives);
    for (int i = 0; i < archives.size(); i++) {
      add(archives.get(i), lists.get(i), files, rejections);
    }
    files.sort(Comparator.comparing(SourceFile::uri));
    return new OpenedArchives(files, rejections);
  }

  private static void add(
      SourceFile archive,
      ArchiveList list,
      List<SourceFile> files,
      List<IngestResult.Rejection> rejections) {
    if (list.reason() != null) {
      files.add(archive);
      rejections.add(new IngestResult.Rejection(archive.uri(), list.reason()));
      return;
    }
    for (Member member : list.contents().members()) {
      if (hidden(member.name())) {
        continue;
      }
      SourceFile file = SourceFile.within(archive, member);
      files.add(file);
      if (isArchive(file)) {
        rejections.add(
            new IngestResult.Rejection(
                file.uri(), "archive: it lies in another one; only the outer one is opened"));
      }
    }
    for (Contents.Fault fault : list.contents().faults()) {
      if (!hidden(fault.name())) {
        String uri =
            fault.name().isEmpty() ? archive.uri() : SourceFile.uriWithin(archive, fault.name());
        files.add(new SourceFile(uri, 0, archive.modified()));
        rejections.add(new IngestResult.Rejection(uri, "archive: " + fault.reason()));
      }
    }
  }

  /** By its own name or a folder's; {@code ..} hides nothing, it is a fault. */
  private static boolean hidden(String name) {
    return Arrays.stream(name.split("/"))
        .anyMatch(part -> CorpusListing.hidden(part) && !part.equals(".."));
  }

  static boolean isArchive(SourceFile file) {
    return ArchiveKind.of(file.uri()).isPresent();
  }
}
