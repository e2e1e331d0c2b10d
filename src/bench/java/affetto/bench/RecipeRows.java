package affetto.bench;

import affetto.audio.AudioDecoder;
import affetto.audio.AudioException;
import affetto.audio.Waveform;
import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Chain;
import affetto.augment.Clean;
import affetto.augment.PitchShift;
import affetto.augment.TimeStretch;
import affetto.dsp.Workbench;
import affetto.feature.FeatureExtractor;
import affetto.feature.FeatureSets;
import java.util.ArrayList;
import java.util.List;

/** What one core does for one file: from its bytes to the features' rows. */
final class RecipeRows {
  private static final List<Augmentation> RECIPE =
      List.of(
          new Clean(),
          new AddNoise(0.035),
          new Chain(List.of(new TimeStretch(0.8), new PitchShift(0.7))));

  private final Workbench bench = new Workbench();
  private final FeatureExtractor recipe = FeatureSets.named("recipe-162").extractor(bench);
  private final FeatureExtractor logMel = FeatureSets.named("logmel-64").extractor(bench);

  /** The three rows of recipe-162: clean, with noise, and stretched and shifted. */
  List<float[]> recipe(byte[] file) throws AudioException {
    Waveform clip = recipe.load(AudioDecoder.decode(file).waveform());
    bench.keep(clip.samples());
    List<float[]> rows = new ArrayList<>();
    for (Augmentation augmentation : RECIPE) {
      rows.add(recipe.extract(augmentation.apply(clip, 42, bench)).values());
    }
    return rows;
  }

  /** The matrix of logmel-64. */
  float[] logMel(byte[] file) throws AudioException {
    return logMel.extract(logMel.load(AudioDecoder.decode(file).waveform())).values();
  }
}
