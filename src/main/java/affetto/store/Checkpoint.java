package affetto.store;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An unfinished training after an epoch: {@code checkpoint.json}. Its numbers lie beside it.
 *
 * @param run what a training that goes on from here must have in common with the one that came
 *     here, by name: settings, network, rows
 * @param settings by name, those that may change when it goes on
 * @param iterations steps so far
 * @param passes as Deeplearning4j counts them
 * @param schedule of the learning rate, in its own numbers
 * @param bestEpoch whose parameters are the best so far, from 1; 0 where early stopping is off
 * @param epochs what happened so far, at least one; the last one's state this is
 * @param seconds of training so far, validation and all
 * @param resumptions what changed where this training had gone on before, one line each
 * @param savedAt ISO 8601, UTC
 * @param files SHA-256 in hex of the files beside; set by the store
 */
public record Checkpoint(
    Map<String, String> run,
    Map<String, String> settings,
    int iterations,
    int passes,
    List<Double> schedule,
    int bestEpoch,
    List<EpochEntry> epochs,
    double seconds,
    List<String> resumptions,
    String savedAt,
    Map<String, String> files)
    implements Serializable {

  public Checkpoint {
    run = Collections.unmodifiableMap(new TreeMap<>(run));
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    schedule = List.copyOf(schedule);
    epochs = List.copyOf(epochs);
    resumptions = List.copyOf(resumptions);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** The last epoch that was trained, from 1. */
  public int epoch() {
    return epochs.size();
  }

  /**
   * An epoch.
   *
   * @param loss mean training loss of its rows
   * @param validationUar mean recall on the validation rows, null where there are none
   * @param learningRate of this epoch
   * @param rowsPerSecond training rows over the time the epoch took
   * @param backend what ND4J computed it with; "unknown" in checkpoints from before it was kept
   */
  public record EpochEntry(
      double loss, Double validationUar, double learningRate, double rowsPerSecond, String backend)
      implements Serializable {

    public EpochEntry {
      backend = backend == null ? "unknown" : backend;
    }
  }

  Checkpoint with(Map<String, String> newFiles) {
    return new Checkpoint(
        run,
        settings,
        iterations,
        passes,
        schedule,
        bestEpoch,
        epochs,
        seconds,
        resumptions,
        savedAt,
        newFiles);
  }
}
