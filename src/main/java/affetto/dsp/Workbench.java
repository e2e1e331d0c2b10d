package affetto.dsp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The engines that one thread has made so far, by their parameters: tables and buffers are made
 * once for many clips.
 *
 * <p>One instance per thread. What an engine computes never depends on what it computed before.
 */
public final class Workbench {
  /** So many rates at most: corpora have few, sweeps many. */
  private static final int RESAMPLERS = 32;

  private final Scratch scratch = new Scratch();
  private final Map<StftKey, Stft> stfts = new LinkedHashMap<>();
  private final Map<Integer, PhaseVocoder> vocoders = new LinkedHashMap<>();
  private final Map<RatesKey, Resampler> resamplers = new RecentlyUsed<>(RESAMPLERS);

  private float[] kept;

  private record StftKey(int nFft, int hopLength, int winLength) {}

  private record RatesKey(double fromRate, double toRate) {}

  /** A transform as {@link Stft#Stft(int, int, int)} makes it. */
  public Stft stft(int nFft, int hopLength, int winLength) {
    return stfts.computeIfAbsent(
        new StftKey(nFft, hopLength, winLength),
        key -> {
          Stft stft = new Stft(nFft, hopLength, winLength);
          stft.keep(kept);
          return stft;
        });
  }

  /**
   * Announces a signal of which several things will be computed: its spectra, if they are of one
   * block, are then computed only once.
   *
   * @param samples not to be changed until another signal is announced
   */
  public void keep(float[] samples) {
    kept = samples;
    stfts.values().forEach(stft -> stft.keep(samples));
  }

  /** A converter as {@link Resampler#Resampler(double, double)} makes it. */
  public Resampler resampler(double fromRate, double toRate) {
    return resamplers.computeIfAbsent(
        new RatesKey(fromRate, toRate), key -> new Resampler(fromRate, toRate, scratch));
  }

  /** A vocoder with frames of this length, whose hop is a quarter of that. */
  public PhaseVocoder phaseVocoder(int nFft) {
    return vocoders.computeIfAbsent(
        nFft, n -> new PhaseVocoder(stft(n, n / 4, n), new InverseStft(n, scratch)));
  }
}
