package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;

/**
 * Changes the tempo and keeps the pitch, by a phase vocoder with frames of 2048 samples. The result
 * has {@code round(n / rate)} samples.
 *
 * @param rate how much faster, 0.25 to 4: 0.8 makes a clip a quarter longer
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.effects.time_stretch.html">
 *     librosa.effects.time_stretch 0.11</a>
 */
public record TimeStretch(double rate) implements Augmentation {
  private static final int N_FFT = 2048;

  public TimeStretch {
    Ranges.check("stretch", "rate", rate, 0.25, 4);
  }

  @Override
  public String id() {
    return "stretch-" + Ranges.plain(rate);
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    if (rate == 1) {
      return waveform;
    }
    return new Waveform(stretch(waveform.samples(), rate, bench), waveform.sampleRate());
  }

  static float[] stretch(float[] samples, double rate, Workbench bench) {
    return bench.phaseVocoder(N_FFT).stretch(samples, rate);
  }
}
