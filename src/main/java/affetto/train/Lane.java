package affetto.train;

/**
 * Which of several trainings that run side by side one is, so that each keeps to places of its own.
 *
 * @param number from 0
 * @param lanes how many trainings run at the same time
 */
public record Lane(int number, int lanes) {

  /** Of a training that has the executors to itself. */
  public static final Lane ALONE = new Lane(0, 1);
}
