package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;

/**
 * Adds recorded noise at a signal-to-noise ratio, measured as {@link WhiteNoise} does: a passage at
 * random of a recording at random, resampled to the clip's rate. A silent clip stays silent, and a
 * clip for which 20 passages in a row were silent stays as it is.
 *
 * @param bank the recordings
 * @param snrDb -40 to 100 dB
 */
public record RecordedNoise(NoiseBank bank, double snrDb) implements Augmentation {
  private static final int TRIALS = 20;

  public RecordedNoise {
    Ranges.checkSnr("recorded-noise", snrDb);
  }

  @Override
  public String id() {
    return "recorded-" + bank.id() + "-snr" + Ranges.signed(snrDb);
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    NoiseSource source = new NoiseSource(seed);
    int length = waveform.samples().length;
    float[] noise = bank.passage(length, waveform.sampleRate(), source, bench);
    for (int trial = 1; trial < TRIALS && Level.power(noise) == 0; trial++) {
      noise = bank.passage(length, waveform.sampleRate(), source, bench);
    }
    return Level.mix(waveform, noise, snrDb);
  }
}
