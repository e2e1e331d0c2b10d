package affetto.job;

import affetto.train.Lane;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How a training is run, beside what it is to make.
 *
 * @param resume whether to go on from the last checkpoint of this very training, if there is one
 * @param single whether it is the only one that was asked for, and not one of several, some of
 *     which may not have begun
 * @param lane which of the trainings that run at the same time it is
 * @param publishing held while a model is published, since not every store can tell two publishers
 *     apart
 */
record Course(boolean resume, boolean single, Lane lane, Lock publishing) {

  /** All by itself. */
  static Course alone(boolean resume) {
    return new Course(resume, true, Lane.ALONE, new ReentrantLock());
  }
}
