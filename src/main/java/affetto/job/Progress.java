package affetto.job;

/** Where a job tells how far it is: one line of plain text at a time, without a line break. */
@FunctionalInterface
public interface Progress {

  /** For tests and for callers that do not care. */
  Progress SILENT = line -> {};

  void say(String line);
}
