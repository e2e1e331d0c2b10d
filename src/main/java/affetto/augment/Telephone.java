package affetto.augment;

import affetto.audio.MuLaw;
import affetto.audio.Waveform;
import affetto.dsp.BandPass;
import affetto.dsp.Convolver;
import affetto.dsp.Workbench;
import java.util.Arrays;

/**
 * Sends the clip over a telephone line: 8,000 samples a second, the band from 300 to 3400 Hz, 8
 * bits a sample by G.711 mu-law; then back to the clip's rate. All filters are linear in phase and
 * without delay; length and timing are kept.
 *
 * <p>Within the band the response is flat to 0.1 dB; below 150 and above 3550 Hz it is under -60
 * dB.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-G.711">ITU-T G.711</a>
 */
public record Telephone() implements Augmentation {
  private static final double LINE_RATE = 8000;
  private static final double[] BAND = BandPass.taps(LINE_RATE, 300, 3400, 150);

  @Override
  public String id() {
    return "telephone";
  }

  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    int length = waveform.samples().length;
    double rate = waveform.sampleRate();
    float[] narrow = bench.resampler(rate, LINE_RATE).apply(waveform.samples());
    float[] band = new Convolver().apply(narrow, BAND, BAND.length / 2);
    // Filters overshoot: without this, the coder would clip what was whole.
    float[] line = Level.fit(band, waveform).samples();
    for (int i = 0; i < line.length; i++) {
      line[i] = MuLaw.decode(MuLaw.encode(line[i]));
    }
    float[] heard = bench.resampler(LINE_RATE, rate).apply(line);
    return Level.fit(Arrays.copyOf(heard, length), waveform);
  }
}
