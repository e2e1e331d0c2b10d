package affetto.cli;

import affetto.job.CorpusSource;
import affetto.job.IngestJob;
import affetto.job.IngestSpec;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code affetto ingest}. */
@Command(
    name = "ingest",
    sortOptions = false,
    description = {
      "Reads corpora into a warehouse: each file once, its sound without loss, with what its name"
          + " says and how good it is. Files that cannot be taken go to the table `rejected`, with the"
          + " reason."
    },
    footer = {
      "",
      "A URI is a plain path, or begins with file:, hdfs: or s3a:. It names a folder, in which zip,"
          + " tar and tar.gz archives may lie beside plain files, or one archive: corpora are read as"
          + " they are published, without unpacking. Of a corpus that was ingested before, only files"
          + " that are new or have changed are read; clips whose files are gone go, too.",
      "Example:",
      "  submit/affetto ingest --corpus ravdess=/data/ravdess.zip --corpus tess=/data/tess \\",
      "    --warehouse /data/warehouse"
    })
final class IngestCommand extends JobCommand {

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "ID=URI",
      converter = SourceConverter.class,
      description =
          "A corpus (ravdess, cremad, savee, tess) and its folder or archive; once or more.")
  private List<CorpusSource> corpora;

  @Option(
      names = "--warehouse",
      required = true,
      paramLabel = "URI",
      description = "The folder for the tables; made if missing.")
  private String warehouse;

  @Override
  public Integer call() {
    IngestSpec ingest = common().specs().ingest(corpora, warehouse);
    return print(inSession(spark -> IngestJob.run(spark, ingest, progress())).report());
  }

  /** Reads {@code ravdess=/data/ravdess}. */
  static final class SourceConverter implements ITypeConverter<CorpusSource> {

    @Override
    public CorpusSource convert(String text) {
      int equals = text.indexOf('=');
      if (equals <= 0 || equals == text.length() - 1) {
        throw new TypeConversionException("wants ID=URI, not '%s'".formatted(text));
      }
      return new CorpusSource(text.substring(0, equals), text.substring(equals + 1));
    }
  }
}
