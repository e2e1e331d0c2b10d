package affetto.model;

import java.io.Serializable;

/**
 * Everything that determines a network before its first step.
 *
 * @param id one of {@link Networks#ids}; in a manifest also that of a baseline, which has no
 *     optimizer (null), and 0 for what networks alone are told
 * @param input what the network sees of a clip
 * @param classes how many outputs it has
 * @param optimizer how gradients become steps
 * @param learningRate the first one
 * @param clipNorm each layer's gradient is scaled down to this L2 norm where it is longer; 0 for
 *     never
 * @param labelSmoothing share of a row's target that goes to all classes alike
 * @param dropout whether the network's dropout layers drop anything
 * @param seed of the first weights and of dropout
 */
public record NetworkSpec(
    String id,
    InputSpec input,
    int classes,
    Optimizer optimizer,
    double learningRate,
    double clipNorm,
    double labelSmoothing,
    boolean dropout,
    long seed)
    implements Serializable {

  /** Far above the gradients of a healthy step: it only stops a runaway one. */
  public static final double DEFAULT_CLIP_NORM = 5.0;

  public NetworkSpec withOptimizer(Optimizer other) {
    return with(other, learningRate, clipNorm, dropout);
  }

  public NetworkSpec withLearningRate(double rate) {
    return with(optimizer, rate, clipNorm, dropout);
  }

  public NetworkSpec withClipNorm(double norm) {
    return with(optimizer, learningRate, norm, dropout);
  }

  public NetworkSpec withDropout(boolean drops) {
    return with(optimizer, learningRate, clipNorm, drops);
  }

  private NetworkSpec with(Optimizer other, double rate, double norm, boolean drops) {
    return new NetworkSpec(id, input, classes, other, rate, norm, labelSmoothing, drops, seed);
  }
}
