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
  /** Beyond these, the ones used longest ago make room: corpora have few rates, sweeps many. */
  private static final int RESAMPLERS = 16;

  private final Map<StftKey, Stft> stfts = new LinkedHashMap<>();
  private final Map<RatesKey, Resampler> resamplers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RatesKey, Resampler> eldest) {
          return size() > RESAMPLERS;
        }
      };

  private record StftKey(int nFft, int hopLength, int winLength) {}

  private record RatesKey(double fromRate, double toRate) {}

  /** A transform as {@link Stft#Stft(int, int, int)} makes it. */
  public Stft stft(int nFft, int hopLength, int winLength) {
    return stfts.computeIfAbsent(
        new StftKey(nFft, hopLength, winLength), key -> new Stft(nFft, hopLength, winLength));
  }

  /** A converter as {@link Resampler#Resampler(double, double)} makes it. */
  public Resampler resampler(double fromRate, double toRate) {
    return resamplers.computeIfAbsent(
        new RatesKey(fromRate, toRate), key -> new Resampler(fromRate, toRate));
  }
}
