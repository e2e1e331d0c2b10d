package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;
import java.util.Arrays;

/**
 * Plays faster or slower, as a tape would: tempo and pitch change together. Resampled with a
 * band-limited filter to {@code round(n / rate)} samples.
 *
 * @param rate how much faster, 0.25 to 4: 1.1 is a tenth faster and 1.65 semitones higher
 * @see <a href="https://www.danielpovey.com/files/2015_interspeech_augmentation.pdf">Ko, Peddinti,
 *     Povey and Khudanpur, "Audio augmentation for speech recognition", 2015</a>
 */
public record Speed(double rate) implements Augmentation {

  public Speed {
    Ranges.check("speed", "rate", rate, 0.25, 4);
  }

  @Override
  public String id() {
    return "speed-" + Ranges.plain(rate);
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    if (rate == 1) {
      return waveform;
    }
    double sampleRate = waveform.sampleRate();
    int length = (int) Math.rint(waveform.samples().length / rate);
    float[] played = bench.resampler(rate * sampleRate, sampleRate).apply(waveform.samples());
    return Level.fit(Arrays.copyOf(played, length), waveform);
  }
}
