package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;

/**
 * Moves the sound within the clip, whose length stays: what leaves at one end is lost, and zeros
 * come in at the other.
 *
 * @param seconds later, or earlier where negative: -60 to 60. A random shift is drawn for each
 *     clip, uniformly from {@code -seconds} to {@code seconds}
 * @param random whether it is drawn
 */
public record TimeShift(double seconds, boolean random) implements Augmentation {

  public TimeShift {
    Ranges.check("time-shift", "seconds", seconds, random ? 0 : -60, 60);
  }

  @Override
  public String id() {
    return random ? "shift-random-" + Ranges.plain(seconds) : "shift" + Ranges.signed(seconds);
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    if (seconds == 0) {
      return waveform;
    }
    double later = random ? seconds * (2 * new NoiseSource(seed).uniform() - 1) : seconds;
    int length = waveform.samples().length;
    double steps = Math.rint(later * waveform.sampleRate());
    int by = (int) Math.max(-length, Math.min(length, steps));
    float[] shifted = new float[length];
    System.arraycopy(
        waveform.samples(), Math.max(0, -by), shifted, Math.max(0, by), length - Math.abs(by));
    return new Waveform(shifted, waveform.sampleRate());
  }
}
