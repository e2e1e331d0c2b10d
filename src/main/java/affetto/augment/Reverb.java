package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Convolver;
import affetto.dsp.Workbench;

/**
 * Plays the clip in a room that is drawn for it: convolved with a synthetic response of random
 * reflections that decay exponentially (Polack, "Playing billiards in the concert hall: the
 * mathematical foundations of geometrical room acoustics", 1993). The clip keeps its length (what
 * rings on behind its end is cut off), its timing (the direct sound is not delayed) and its mean
 * power, so that reverberation is not heard as loudness.
 *
 * @param rt60 seconds in which the sound decays by 60 dB, 0 to 10: 0.3 in a furnished room, 0.6 in
 *     an office, 2 in a church; 0 changes nothing
 * @param drrDb direct-to-reverberant ratio, the energy of the direct sound over that of all
 *     reflections, -30 to 60 dB: 10 at a headset, 0 across a table, -10 far away
 * @see <a href="https://doi.org/10.1121/1.414868">Schroeder, "The 'Schroeder frequency' revisited",
 *     1996: how many reflections there are</a>
 */
public record Reverb(double rt60, double drrDb) implements Augmentation {

  public Reverb {
    Ranges.check("reverb", "rt60", rt60, 0, 10);
    Ranges.check("reverb", "drr-db", drrDb, -30, 60);
  }

  @Override
  public String id() {
    return "reverb-" + Ranges.plain(rt60) + "-drr" + Ranges.signed(drrDb);
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    if (rt60 == 0) {
      return waveform;
    }
    double[] room = RoomResponse.draw(rt60, drrDb, waveform.sampleRate(), new NoiseSource(seed));
    float[] wet = new Convolver().apply(waveform.samples(), room, 0);
    double power = Level.power(wet);
    if (power == 0) {
      return waveform;
    }
    double factor = Math.sqrt(Level.power(waveform.samples()) / power);
    return Level.fit(Level.scaled(wet, factor), waveform);
  }
}
