package affetto.train;

import java.util.function.Consumer;

/** What a trainer is given from above: a clock, and someone to tell. */
public interface TrainingWatch {

  /** Measures what takes how long, here and on executors. */
  Clock clock();

  /** An epoch is over. */
  void epoch(EpochReport report);

  /** Something the user should know, in one line. */
  void note(String line);

  /** For tests and for callers that do not care: tells nobody, by the given clock. */
  static TrainingWatch silent(Clock clock) {
    return telling(clock, report -> {}, line -> {});
  }

  /** Tells each what is his. */
  static TrainingWatch telling(Clock clock, Consumer<EpochReport> epochs, Consumer<String> notes) {
    return new TrainingWatch() {
      @Override
      public Clock clock() {
        return clock;
      }

      @Override
      public void epoch(EpochReport report) {
        epochs.accept(report);
      }

      @Override
      public void note(String line) {
        notes.accept(line);
      }
    };
  }
}
