package affetto.train;

import java.util.function.LongSupplier;

/** What a trainer is given from above: a clock, and someone to tell. */
public interface TrainingWatch {

  /** Nanoseconds from any origin, never backwards: {@code System::nanoTime}. */
  long nanoTime();

  /** An epoch is over. */
  void epoch(EpochReport report);

  /** Something the user should know, in one line. */
  void note(String line);

  /** For tests and for callers that do not care: tells nobody, by the given clock. */
  static TrainingWatch silent(LongSupplier clock) {
    return new TrainingWatch() {
      @Override
      public long nanoTime() {
        return clock.getAsLong();
      }

      @Override
      public void epoch(EpochReport report) {}

      @Override
      public void note(String line) {}
    };
  }
}
