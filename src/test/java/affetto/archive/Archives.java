package affetto.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Makes archives: well-formed ones with writers that are not ours. */
public final class Archives {

  private Archives() {}

  /** An archive in memory. */
  @SuppressWarnings("ArrayRecordComponent") // read, not compared
  record InMemory(byte[] bytes) implements Contents.Source {

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void read(long at, byte[] into, int offset, int length) throws IOException {
      if (at < 0 || at > bytes.length - length) {
        throw new EOFException("read beyond the end at " + at);
      }
      System.arraycopy(bytes, (int) at, into, offset, length);
    }

    @Override
    public InputStream stream() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** By the JDK: sizes and sums stand behind the bytes. */
  public static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new java.util.zip.ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return out.toByteArray();
  }

  /** By commons-compress, stored or deflated, with numbers of 64 bits if wanted. */
  public static byte[] zip(Map<String, byte[]> files, int method, Zip64Mode mode)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      zip.setUseZip64(mode);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
        entry.setMethod(method);
        entry.setSize(file.getValue().length);
        entry.setCrc(crc(file.getValue()));
        entry.setUnixMode(0100644);
        zip.putArchiveEntry(entry);
        zip.write(file.getValue());
        zip.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  public static byte[] tar(Map<String, byte[]> files) throws IOException {
    return tar(files, TarArchiveOutputStream.LONGFILE_POSIX);
  }

  /**
   * By commons-compress.
   *
   * @param longNames how names of more than 100 bytes are written
   */
  static byte[] tar(Map<String, byte[]> files, int longNames) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(longNames);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        add(tar, new TarArchiveEntry(file.getKey(), true), file.getValue());
      }
    }
    return out.toByteArray();
  }

  static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] bytes)
      throws IOException {
    entry.setSize(bytes.length);
    entry.setModTime(0L); // without fractions, which would have an extended header
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  public static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  /** Changes a zip's directory record of a member. */
  public static byte[] withRecord(byte[] zip, int index, Consumer<ByteBuffer> change) {
    byte[] changed = zip.clone();
    ByteBuffer bytes = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    int at = bytes.getInt(zip.length - 22 + 16);
    for (int i = 0; i < index; i++) {
      at += 46 + bytes.getShort(at + 28) + bytes.getShort(at + 30) + bytes.getShort(at + 32);
    }
    change.accept(bytes.slice(at, 46).order(ByteOrder.LITTLE_ENDIAN));
    return changed;
  }
}
