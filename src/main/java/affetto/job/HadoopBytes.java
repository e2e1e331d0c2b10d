package affetto.job;

import affetto.archive.Contents;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** A file of any of Hadoop's file systems, open for reading from any place. */
final class HadoopBytes implements Contents.Source, AutoCloseable {

  /** What is nearer is read through: a seek costs object stores a request. */
  private static final long FAR = 1 << 20;

  private final FSDataInputStream in;
  private final long length;

  private HadoopBytes(FSDataInputStream in, long length) {
    this.in = in;
    this.length = length;
  }

  static HadoopBytes open(Configuration hadoop, SourceFile file) throws IOException {
    Path path = new Path(file.uri());
    return new HadoopBytes(path.getFileSystem(hadoop).open(path), file.bytes());
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long at, byte[] into, int offset, int count) throws IOException {
    in.readFully(at, into, offset, count);
  }

  /** From the first byte on; closing it leaves the file open. */
  @Override
  public InputStream stream() throws IOException {
    in.seek(0);
    return new FilterInputStream(in) {
      @Override
      public long skip(long count) throws IOException {
        long at = HadoopBytes.this.in.getPos();
        long some = Math.min(count, length - at);
        if (some < FAR) {
          return super.skip(Math.max(0, some));
        }
        HadoopBytes.this.in.seek(at + some);
        return some;
      }

      @Override
      public void close() {
        // The file is closed with HadoopBytes.
      }
    };
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
