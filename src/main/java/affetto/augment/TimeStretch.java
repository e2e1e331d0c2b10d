package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.PhaseVocoder;
import affetto.dsp.Stft;
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
  private static final int HOP_LENGTH = 512;

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
    Stft stft = bench.stft(N_FFT, HOP_LENGTH, N_FFT);
    int length = (int) Math.rint(samples.length / rate);
    return stft.inverse(PhaseVocoder.stretch(stft.forward(samples), rate), length);
  }
}
