package affetto.store;

/**
 * A checkpoint with its numbers.
 *
 * @param checkpoint all but these
 * @param parameters of the network, {@code parameters.f32}
 * @param optimizer the optimizer's own numbers, {@code optimizer.f32}; may be empty
 * @param best the parameters after the best epoch, {@code best.f32}; empty where early stopping is
 *     off
 */
@SuppressWarnings("ArrayRecordComponent") // millions of numbers, written once
public record StoredCheckpoint(
    Checkpoint checkpoint, float[] parameters, float[] optimizer, float[] best) {}
