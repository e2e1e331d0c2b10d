package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;
import java.util.Arrays;

/**
 * Changes the pitch and keeps the tempo: stretched in time, then resampled to the old length.
 *
 * @param semitones upwards, -24 to 24
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.effects.pitch_shift.html">
 *     librosa.effects.pitch_shift 0.11</a>
 */
public record PitchShift(double semitones) implements Augmentation {

  public PitchShift {
    Ranges.check("pitch", "semitones", semitones, -24, 24);
  }

  @Override
  public String id() {
    return "pitch" + (semitones < 0 ? "" : "+") + Ranges.plain(semitones);
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    if (semitones == 0) {
      return waveform;
    }
    double rate = Math.pow(2, -semitones / 12);
    double sampleRate = waveform.sampleRate();
    float[] stretched = TimeStretch.stretch(waveform.samples(), rate, bench);
    float[] shifted = bench.resampler(sampleRate / rate, sampleRate).apply(stretched);
    return new Waveform(Arrays.copyOf(shifted, waveform.samples().length), waveform.sampleRate());
  }
}
