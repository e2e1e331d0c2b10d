package affetto.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** Real servers, each started when it is first asked for and stopped with this JVM. */
public final class Servers {

  private Servers() {}

  private static final class Hdfs {
    static final MiniDFSCluster CLUSTER = start();

    private static MiniDFSCluster start() {
      try {
        Configuration conf = new Configuration();
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder("hdfs").toString());
        conf.setInt("dfs.replication", 1);
        MiniDFSCluster cluster =
            new MiniDFSCluster.Builder(conf).numDataNodes(2).nameNodePort(0).build();
        cluster.waitActive();
        return cluster;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class S3 {
    static final S3Proxy SERVER = S3Proxy.start(folder("s3"));
  }

  /** A name node and two data nodes, in this process. */
  public static MiniDFSCluster hdfs() {
    return Hdfs.CLUSTER;
  }

  /** An S3 server in a process of its own. */
  public static S3Proxy s3() {
    return S3.SERVER;
  }

  /** A port of this machine that nobody listens on. */
  public static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private static Path folder(String name) {
    try {
      Path folder = Files.createTempDirectory("affetto-" + name);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(folder.toFile())));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
