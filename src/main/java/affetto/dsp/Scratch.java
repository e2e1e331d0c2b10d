package affetto.dsp;

import java.util.HashMap;
import java.util.Map;

/**
 * Transforms and buffers that the engines of one thread share. Whoever takes something here is done
 * with it before another engine is used.
 */
final class Scratch {

  /** So many cuts at most: rates that files say have no end. */
  private static final int FRAMES = 64;

  private final Map<Integer, FloatBatchFft> analyses = new HashMap<>();
  private final Map<Integer, FloatBatchFft> syntheses = new HashMap<>();
  private final Map<Cut, FrameRows> frames = new RecentlyUsed<>(FRAMES);
  private float[] before = new float[0];
  private float[] between = new float[0];

  private record Cut(int length, int step, int capacity) {}

  /** A transform of {@link Stft#BLOCK} signals of this size, to take signals apart. */
  FloatBatchFft analysis(int size) {
    return analyses.computeIfAbsent(size, n -> new FloatBatchFft(n, Stft.BLOCK));
  }

  /** Another one, to put signals together. */
  FloatBatchFft synthesis(int size) {
    return syntheses.computeIfAbsent(size, n -> new FloatBatchFft(n, Stft.BLOCK));
  }

  /** Frames as {@link FrameRows#FrameRows} makes them. */
  FrameRows frames(int length, int step, int capacity) {
    return frames.computeIfAbsent(
        new Cut(length, step, capacity), cut -> new FrameRows(length, step, capacity));
  }

  /** At least so many floats, of any content: a signal made ready. */
  float[] before(int length) {
    before = before.length < length ? new float[length] : before;
    return before;
  }

  /** At least so many floats, of any content: a signal half done. */
  float[] between(int length) {
    between = between.length < length ? new float[length] : between;
    return between;
  }
}
