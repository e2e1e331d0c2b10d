package affetto.model;

import affetto.corpus.Emotion;
import affetto.feature.FeatureMatrix;
import java.io.Serializable;
import java.util.List;

/**
 * All that turns a clip's features into posteriors: the scaler, the classifier and what they
 * expect.
 *
 * <p>Safe for several threads, but calls wait for each other: for speed give each thread its own.
 * Spark brings it from the driver to its executors as a serialized object; the store never keeps it
 * so.
 */
public final class TrainedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Classifier classifier;
  private final FeatureScaler scaler;
  private final List<Emotion> classes;
  private final String featureSet;
  private final String featureSetVersion;

  /**
   * @param classifier trained on rows that {@code scaler} scaled
   * @param scaler fitted on the training rows
   * @param classes in the order of the classifier's outputs
   * @param featureSet id of the feature set
   * @param featureSetVersion its version
   */
  public TrainedModel(
      Classifier classifier,
      FeatureScaler scaler,
      List<Emotion> classes,
      String featureSet,
      String featureSetVersion) {
    this.classifier = classifier;
    this.scaler = scaler;
    this.classes = List.copyOf(classes);
    this.featureSet = featureSet;
    this.featureSetVersion = featureSetVersion;
  }

  /** In the order of the posteriors. */
  public List<Emotion> classes() {
    return classes;
  }

  /** Id of the feature set that clips must be extracted with. */
  public String featureSet() {
    return featureSet;
  }

  /** Version of that feature set when the model was trained. */
  public String featureSetVersion() {
    return featureSetVersion;
  }

  public Classifier classifier() {
    return classifier;
  }

  public FeatureScaler scaler() {
    return scaler;
  }

  /**
   * The posterior of one clip.
   *
   * @param features unscaled, as the feature set gives them
   * @return a probability for each of {@link #classes}; the sum is 1
   * @throws IllegalArgumentException if the clip has another number of features
   */
  public double[] posterior(FeatureMatrix features) {
    return posteriors(List.of(features))[0];
  }

  /**
   * The posteriors of several clips: shape [clips x classes]. A spectrogram's is the mean over
   * several {@link Views} of it.
   */
  public double[][] posteriors(List<FeatureMatrix> features) {
    Views views = new Views(classifier.input());
    List<float[]> rows =
        features.stream().flatMap(clip -> views.of(prepare(clip)).stream()).toList();
    synchronized (classifier) {
      return views.means(classifier.posteriors(rows));
    }
  }

  /** The index of the largest value, the first of several. */
  public static int best(double[] posterior) {
    int best = 0;
    for (int i = 1; i < posterior.length; i++) {
      if (posterior[i] > posterior[best]) {
        best = i;
      }
    }
    return best;
  }

  /**
   * The index of the largest value among some classes, the first of several.
   *
   * @param among by class whether it counts; at least one does
   */
  public static int best(double[] posterior, boolean[] among) {
    int best = -1;
    for (int i = 0; i < posterior.length; i++) {
      if (among[i] && (best < 0 || posterior[i] > posterior[best])) {
        best = i;
      }
    }
    return best;
  }

  private float[] prepare(FeatureMatrix features) {
    InputSpec input = classifier.input();
    return scaler.scale(input.prepare(features), input.head());
  }
}
