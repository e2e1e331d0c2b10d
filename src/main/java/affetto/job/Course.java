package affetto.job;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How a training is run, beside what it is to make.
 *
 * @param resume whether to go on from the last checkpoint of this very training, if there is one
 * @param sideBySide trainings that run at the same time, itself included
 * @param publishing held while a model is published, since not every store can tell two publishers
 *     apart
 */
record Course(boolean resume, int sideBySide, Lock publishing) {

  /** All by itself. */
  static Course alone(boolean resume) {
    return new Course(resume, 1, new ReentrantLock());
  }
}
