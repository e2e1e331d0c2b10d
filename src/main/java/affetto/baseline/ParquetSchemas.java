package affetto.baseline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * The schemas that Spark has left in the Parquet files of a model.
 *
 * <p>Such a schema may name classes as types of its own. Spark 3.5.9 loads only those on a list of
 * its own; the Spark of a cluster may be older, and made an object of whatever was named. MLlib's
 * models name two, for vectors and matrices.
 */
final class ParquetSchemas {

  private static final String SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

  private static final Set<String> TYPES =
      Set.of("org.apache.spark.ml.linalg.VectorUDT", "org.apache.spark.ml.linalg.MatrixUDT");

  private ParquetSchemas() {}

  /**
   * Looks at the schemas of all files below a folder.
   *
   * @throws IOException if one names a class that no model of MLlib has, or cannot be read
   */
  static void check(Configuration hadoop, String folder) throws IOException {
    Path root = new Path(folder);
    FileSystem files = root.getFileSystem(hadoop);
    RemoteIterator<LocatedFileStatus> all;
    try {
      all = files.listFiles(root, true);
    } catch (FileNotFoundException e) {
      return; // MLlib's reader says it better
    }
    while (all.hasNext()) {
      LocatedFileStatus file = all.next();
      String name = file.getPath().getName();
      boolean text = file.getPath().getParent().getName().equals("metadata");
      if (!text && !name.startsWith(".") && !name.equals("_SUCCESS")) {
        check(hadoop, file);
      }
    }
  }

  private static void check(Configuration hadoop, LocatedFileStatus file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop))) {
      String schema = reader.getFooter().getFileMetaData().getKeyValueMetaData().get(SCHEMA);
      if (schema != null) {
        check(schema);
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException("%s: %s".formatted(file.getPath(), e.getMessage()), e);
    }
  }

  /** A class may be named under any of several equal keys, so all of them are looked at. */
  private static void check(String schema) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(schema)) {
      boolean ofClass = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (ofClass && !TYPES.contains(parser.getText())) {
          throw new IOException("its schema names the class " + parser.getText());
        }
        ofClass = token == JsonToken.FIELD_NAME && parser.getText().equals("class");
      }
    }
  }
}
