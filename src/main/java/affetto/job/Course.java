package affetto.job;

import affetto.train.Lane;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How a training is run, beside what it is to make.
 *
 * @param resume whether to go on from the last checkpoint of this very training, if there is one
 * @param lane which of the trainings that run at the same time it is
 * @param publishing held while a model is published, since not every store can tell two publishers
 *     apart
 */
record Course(boolean resume, Lane lane, Lock publishing) {

  /** All by itself. */
  static Course alone(boolean resume) {
    return new Course(resume, Lane.ALONE, new ReentrantLock());
  }
}
