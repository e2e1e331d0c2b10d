package affetto.train;

import java.io.Serializable;

/**
 * How to train.
 *
 * @param epochs at most so many passes over the training rows
 * @param workers executors' tasks that train side by side, at least 1
 * @param batchSize rows a worker takes at a time
 * @param averagingFrequency minibatches between two averagings
 * @param learningRate Adam's initial step
 * @param plateauFactor the learning rate is multiplied with it when the training loss stalls; 1 for
 *     never
 * @param plateauPatience epochs without a better training loss that count as stalled
 * @param earlyStoppingPatience epochs without a better validation UAR after which training ends; 0
 *     for never
 * @param classWeights whether rare classes weigh more in the loss (inverse frequency, mean 1)
 * @param seed of the weights, the order of the rows and dropout
 */
public record TrainingSpec(
    int epochs,
    int workers,
    int batchSize,
    int averagingFrequency,
    double learningRate,
    double plateauFactor,
    int plateauPatience,
    int earlyStoppingPatience,
    boolean classWeights,
    long seed)
    implements Serializable {}
