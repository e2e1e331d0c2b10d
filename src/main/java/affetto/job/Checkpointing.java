package affetto.job;

import affetto.fault.BadInputException;
import affetto.fault.RefusedException;
import affetto.store.Checkpoint;
import affetto.store.CheckpointStore;
import affetto.store.StoredCheckpoint;
import affetto.train.Checkpoints;
import affetto.train.DivergedException;
import affetto.train.EpochReport;
import affetto.train.ScheduleKind;
import affetto.train.TrainingState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Keeps a training's states in the store, and finds the one to go on from. */
final class Checkpointing implements Checkpoints, Remains {

  private static final double NANOS = 1e9;

  private final CheckpointStore store;
  private final RunIdentity run;
  private final TrainSpec spec;
  private final Course course;
  private final Progress progress;
  private final long began = System.nanoTime();
  private final List<String> resumptions = new ArrayList<>();
  private final RunFolder folder;
  private Optional<Instant> untouched = Optional.empty();
  private double secondsBefore;
  private int latest;

  /**
   * @param run which training this is
   * @param course whether to go on from the last checkpoint, or to begin
   */
  Checkpointing(
      CheckpointStore store, RunIdentity run, TrainSpec spec, Course course, Progress progress) {
    this.store = store;
    this.run = run;
    this.spec = spec;
    this.course = course;
    this.progress = progress;
    this.folder = new RunFolder(store, run, progress);
  }

  /**
   * {@inheritDoc}
   *
   * @throws RefusedException if what there is to go on from is another training, and this is not
   *     one of several
   */
  @Override
  public Optional<TrainingState> last() {
    Optional<StoredCheckpoint> found = folder.newest();
    if (course.resume()) {
      if (found.isEmpty()) {
        tellOfOthers();
        progress.say("no checkpoint of this training in %s: it begins".formatted(folder.place()));
      }
      return found.map(this::goOn);
    }
    found.ifPresent(
        old ->
            progress.say(
                "this training stopped after epoch %d once: --resume goes on from there; without,"
                        .formatted(old.checkpoint().epoch())
                    + " it begins anew"
                    + fate()));
    return Optional.empty();
  }

  /** Of the checkpoint that is there, where it is not gone on from. */
  private String fate() {
    return spec.safety().checkpointEvery() == 0
        ? ""
        : ", and %s is put aside as %s with its first checkpoint"
            .formatted(folder.place(), folder.placeAside());
  }

  /**
   * Somebody meant to go on from a checkpoint, and a setting or the rows are not those any more; of
   * several trainings, this one may just not have begun.
   */
  private void tellOfOthers() {
    record Other(String place, Checkpoint checkpoint, List<String> differences) {}
    Optional<String> nearest =
        store.runs().stream()
            .filter(other -> other.startsWith(run.fold() + "_"))
            .flatMap(
                other ->
                    store.newest(other, progress::say).stream()
                        .map(StoredCheckpoint::checkpoint)
                        .map(c -> new Other(store.place(other), c, run.differences(c.run()))))
            .min(Comparator.comparingInt(other -> other.differences().size()))
            .map(
                other ->
                    "the checkpoint after epoch %d in %s is of another training: %s"
                        .formatted(
                            other.checkpoint().epoch(),
                            other.place(),
                            String.join("; ", other.differences())));
    if (course.single() && nearest.isPresent()) {
      throw new RefusedException(
          "nothing to go on from, and without --resume it begins anew: " + nearest.get());
    }
    nearest.ifPresent(progress::say);
  }

  private TrainingState goOn(StoredCheckpoint stored) {
    Checkpoint checkpoint = stored.checkpoint();
    int epoch = checkpoint.epoch();
    if (epoch > spec.training().epochs()) {
      throw new BadInputException(
          "the checkpoint in %s is after epoch %d, but train.epochs = %d"
              .formatted(folder.place(), epoch, spec.training().epochs()));
    }
    List<String> changes = run.changes(checkpoint.settings());
    String line =
        "goes on after epoch %d of %d%s"
            .formatted(
                epoch,
                spec.training().epochs(),
                changes.isEmpty() ? "" : ": " + String.join("; ", changes));
    progress.say(line + ", from " + folder.place());
    resumptions.addAll(checkpoint.resumptions());
    resumptions.add(line);
    untouched = Optional.of(Instant.parse(checkpoint.savedAt()));
    secondsBefore = checkpoint.seconds();
    folder.goOnFrom(epoch);
    latest = epoch;
    return new TrainingState(
        stored.parameters(),
        stored.optimizer(),
        checkpoint.iterations(),
        checkpoint.passes(),
        checkpoint.schedule(),
        stored.best(),
        checkpoint.bestEpoch(),
        reports(checkpoint));
  }

  private List<EpochReport> reports(Checkpoint checkpoint) {
    List<EpochReport> reports = new ArrayList<>();
    for (Checkpoint.EpochEntry entry : checkpoint.epochs()) {
      OptionalDouble uar =
          entry.validationUar() == null
              ? OptionalDouble.empty()
              : OptionalDouble.of(entry.validationUar());
      reports.add(
          new EpochReport(
              reports.size() + 1,
              spec.training().epochs(),
              entry.loss(),
              uar,
              entry.learningRate(),
              entry.rowsPerSecond(),
              0,
              0,
              0,
              entry.backend()));
    }
    return reports;
  }

  /**
   * {@inheritDoc}
   *
   * @throws BadInputException if the first one of this process cannot be written, as the model
   *     could not be either; where a later one fails, training goes on and the user is told
   */
  @Override
  public void save(TrainingState state, boolean last) {
    untouched = Optional.empty();
    latest = state.epoch();
    int every = spec.safety().checkpointEvery();
    // The last one is what a refused model is published from.
    if (every > 0 && (latest % every == 0 || last)) {
      folder.save(
          new StoredCheckpoint(
              checkpoint(state), state.parameters(), state.optimizer(), state.best()));
    }
  }

  private Checkpoint checkpoint(TrainingState state) {
    List<Checkpoint.EpochEntry> epochs =
        state.reports().stream()
            .map(
                report ->
                    new Checkpoint.EpochEntry(
                        report.loss(),
                        report.validationUar().isPresent()
                            ? (Double) report.validationUar().getAsDouble()
                            : null,
                        report.learningRate(),
                        report.rowsPerSecond(),
                        report.backend()))
            .toList();
    return new Checkpoint(
        run.fixed(),
        run.free(),
        state.iterations(),
        state.passes(),
        state.schedule(),
        state.bestEpoch(),
        epochs,
        seconds(),
        resumptions,
        Instant.now().toString(),
        Map.of());
  }

  /** Of training so far, before it was interrupted included. */
  double seconds() {
    return secondsBefore + (System.nanoTime() - began) / NANOS;
  }

  /** Where this training went on, and with what changes, one line each. */
  List<String> resumptions() {
    return List.copyOf(resumptions);
  }

  /** Where the last good state is, and how to go on from it with smaller steps. */
  String afterRunaway(DivergedException fault) {
    // Of one cycle, the setting is the top, however far from it the epoch was.
    double tooLarge =
        spec.training().schedule() == ScheduleKind.ONE_CYCLE
            ? spec.training().learningRate()
            : fault.learningRate();
    String gentler = String.format(Locale.ROOT, "--learning-rate %.1g", tooLarge / 10);
    return folder.kept() == 0
        ? "no state from before is kept; begin with a lower one: " + gentler
        : "the state after epoch %d is kept in %s: go on from it with --resume %s"
            .formatted(folder.kept(), folder.place(), gentler);
  }

  @Override
  public Optional<Instant> lastSaved() {
    return untouched;
  }

  @Override
  public String afterRefusal() {
    if (folder.kept() == 0) {
      return "nothing of it is kept";
    }
    if (folder.kept() < latest) {
      return "its state after epoch %d is kept in %s: --resume with another bar goes on from there"
          .formatted(folder.kept(), folder.place());
    }
    // A cycle is over at its last epoch; its number of epochs cannot change.
    String further =
        spec.training().schedule() == ScheduleKind.ONE_CYCLE
            ? ""
            : ", with more --epochs trains it further unless it stopped early";
    return "its last state is kept in %s: --resume with another bar publishes it%s"
        .formatted(folder.place(), further);
  }

  @Override
  public void discard() {
    folder.discard(latest);
  }
}
