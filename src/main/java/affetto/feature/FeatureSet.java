package affetto.feature;

import affetto.dsp.Workbench;
import java.io.Serializable;
import java.util.List;

/**
 * A versioned recipe from sound to numbers: how a waveform is loaded, and what is computed of it.
 *
 * <p>Implementations are values: serializable, stateless, safe for several threads. Buffers live in
 * the {@link FeatureExtractor} that a task asks for.
 */
public interface FeatureSet extends Serializable {

  /** What users name: {@code recipe-162}, {@code logmel-64}. */
  String id();

  /** Everything that determines the numbers, as canonical JSON: keys sorted, no white space. */
  String definition();

  /** First 12 hex digits of the SHA-256 of {@link #definition()}. */
  String version();

  /**
   * Whether a row is a vector of named scalars (true) or a matrix of frames x bands (false).
   *
   * <p>Scalars become one Parquet column each, named by {@link #names()}.
   */
  boolean scalar();

  /** Names of the columns of the matrix, snake case: of the scalars, or of the bands. */
  List<String> names();

  /** A fresh extractor for the thread whose engines these are. */
  FeatureExtractor extractor(Workbench bench);

  /** A fresh extractor with engines of its own, for one thread. */
  default FeatureExtractor extractor() {
    return extractor(new Workbench());
  }
}
