package affetto.store;

import affetto.storage.StorageKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.ipc.RemoteException;

/**
 * One publisher's claims to folders, each of which at most one publisher ever wins.
 *
 * <p>On a disk and on HDFS all put the same file, {@code _claim}, which the storage creates for one
 * of them only. Object stores have no such creation that S3A of Hadoop 3.3 could ask for, and many
 * that are compatible with S3 have none at all. There every publisher puts a claim under a name of
 * its own, {@code _claim-UUID}, and then lists the folder: it has won if it sees no claim but its
 * own. Of two publishers the one whose claim was stored later sees the other's; where both were
 * stored before either had listed, both see both, nobody wins, and each tries again with a later
 * number after a pause of its own.
 *
 * <p>That rests on one promise of the store: what has been put is in every listing that begins
 * afterwards. S3 itself gives it since December 2020, as do MinIO, Ceph, s3proxy over a disk,
 * Google's and Azure's. On a store that lists what is new only after a while, two publishers at the
 * same moment may get the same number, and the later manifest stays: publish there one at a time.
 */
final class Claim {
  private static final String NAME = "_claim";
  private static final int SHORTEST_PAUSE_MS = 20;
  private static final int LONGEST_PAUSE_MS = 5000;

  private final FileSystem files;
  private final StorageKind kind;
  private final String own;
  private final Random pauses;
  private int lost;

  Claim(FileSystem files) {
    this.files = files;
    this.kind = StorageKind.of(files);
    // No number depends on it, but that no two are the same.
    UUID unique = UUID.randomUUID();
    this.own = kind == StorageKind.OBJECTS ? NAME + "-" + unique : NAME;
    this.pauses = new Random(unique.getLeastSignificantBits());
  }

  /** Claims a folder, which is made if it is missing; once for each folder. */
  boolean isWon(Path folder) throws IOException {
    return create(new Path(folder, own)) && isAlone(folder);
  }

  private boolean isAlone(Path folder) throws IOException {
    return Arrays.stream(files.listStatus(folder))
        .map(FileStatus::getPath)
        .map(Path::getName)
        .filter(name -> name.startsWith(NAME))
        .allMatch(own::equals);
  }

  /** Makes a file; false where there is one already. */
  private boolean create(Path path) throws IOException {
    try {
      if (kind == StorageKind.DISK) {
        // Hadoop's local file system looks first and creates then: two could both find nothing.
        java.nio.file.Path local = java.nio.file.Path.of(path.toUri().getPath());
        Files.createDirectories(local.getParent());
        Files.createFile(local);
        return true;
      }
      try (FSDataOutputStream out = files.create(path, kind == StorageKind.OBJECTS)) {
        // So that nobody takes it for the marker of a folder.
        out.write((own + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    } catch (RemoteException e) {
      if (e.getClassName().endsWith(".AlreadyBeingCreatedException")) {
        return false;
      }
      throw e;
    }
  }

  /** After a claim that was not won: so long that who met once does not meet for ever. */
  void pause() throws IOException {
    if (kind != StorageKind.OBJECTS) {
      return;
    }
    int most = (int) Math.min(LONGEST_PAUSE_MS, (long) SHORTEST_PAUSE_MS << Math.min(lost++, 10));
    try {
      Thread.sleep(1 + pauses.nextInt(most));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while others publish, too", e);
    }
  }
}
