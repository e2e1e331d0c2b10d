package affetto.bench;

import affetto.audio.AudioException;
import affetto.audio.Waveform;
import affetto.feature.FeatureExtractor;
import affetto.feature.FeatureSets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Rows of features: of a loaded clip, and from a file's bytes on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RowBench {
  private final RecipeRows rows = new RecipeRows();
  private final FeatureExtractor recipe = FeatureSets.named("recipe-162").extractor();
  private final FeatureExtractor prosody = FeatureSets.named("prosody").extractor();

  @Benchmark
  public Object recipeRow(ClipState clips) {
    return recipe.extract(new Waveform(clips.clip, 22050));
  }

  @Benchmark
  public Object prosodyRow(ClipState clips) {
    return prosody.extract(new Waveform(clips.at16k, 16000));
  }

  @Benchmark
  public List<float[]> wholeClipRecipe(ClipState clips) throws AudioException {
    return rows.recipe(clips.file);
  }

  @Benchmark
  public float[] wholeClipLogMel(ClipState clips) throws AudioException {
    return rows.logMel(clips.file);
  }
}
