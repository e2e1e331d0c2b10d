package affetto.job;

import affetto.fault.BadInputException;
import affetto.store.Checkpoint;
import affetto.store.CheckpointStore;
import affetto.store.StoredCheckpoint;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A run's checkpoints, as one process keeps them: those that it found are put aside when it begins
 * anew, and what another process or another training has left or leaves there stays as it is.
 */
final class RunFolder {
  private final CheckpointStore store;
  private final RunIdentity run;
  private final Progress progress;
  private final String owner = UUID.randomUUID().toString();
  private boolean claimed;
  private boolean taken;
  private boolean written;
  private int kept;

  RunFolder(CheckpointStore store, RunIdentity run, Progress progress) {
    this.store = store;
    this.run = run;
    this.progress = progress;
  }

  /** The newest state that is there; the user is told of damaged ones. */
  Optional<StoredCheckpoint> newest() {
    return store.newest(run.folder(), progress::say);
  }

  /** What is there is gone on from, and no longer another training's. */
  void goOnFrom(int epoch) {
    kept = epoch;
  }

  /** The epoch after which a state of this training is there, 0 for none. */
  int kept() {
    return kept;
  }

  String place() {
    return store.place(run.folder());
  }

  String placeAside() {
    return store.placeAside(run.folder());
  }

  /**
   * Keeps a state, unless another process has begun to keep its own here.
   *
   * @throws BadInputException if the first one of this process cannot be written, as the model
   *     could not be either; where a later one fails, the user is told
   */
  void save(StoredCheckpoint state) {
    if (taken) {
      return;
    }
    try {
      if (isOurs()) {
        store.save(run.folder(), state);
        written = true;
        kept = state.checkpoint().epoch();
      }
    } catch (BadInputException e) {
      if (!written) {
        throw e;
      }
      progress.say(e.getMessage() + "; training goes on");
    }
  }

  private boolean isOurs() {
    if (!claimed) {
      if (kept == 0) {
        store.setAside(run.folder());
      }
      store.claim(run.folder(), owner);
      claimed = true;
    }
    if (store.isClaimed(run.folder(), owner)) {
      return true;
    }
    taken = true;
    kept = 0;
    progress.say(
        ("the checkpoints in %s are not this training's any more, so it keeps no others: they were"
                + " removed, or another process keeps its own there; two at a time want two names"
                + " (--name)")
            .formatted(place()));
    return false;
  }

  /**
   * Removes what this training has left, now that it is published.
   *
   * @param last its last epoch
   */
  void discard(int last) {
    try {
      if (kept == 0 || (claimed && !store.isClaimed(run.folder(), owner))) {
        return;
      }
      store.remove(run.folder());
      Optional<Checkpoint> aside =
          store.newestAside(run.folder(), progress::say).map(StoredCheckpoint::checkpoint);
      if (aside.isEmpty() || isOutdone(aside.get(), last)) {
        store.removeAside(run.folder());
      } else {
        progress.say(
            "the checkpoint after epoch %d that was put aside stays in %s"
                .formatted(aside.get().epoch(), placeAside()));
      }
    } catch (BadInputException e) {
      progress.say(e.getMessage() + "; they may be deleted");
    }
  }

  /** Whether nobody can want it any more, since the same has been trained as far. */
  private boolean isOutdone(Checkpoint aside, int last) {
    List<String> changes = run.changes(aside.settings());
    return changes.isEmpty() && aside.epoch() <= last;
  }
}
