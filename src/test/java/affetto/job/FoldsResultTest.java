package affetto.job;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.fault.RefusedException;
import affetto.store.ModelManifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldsResultTest {

  private static ModelManifest.Score uar(double uar) {
    return new ModelManifest.Score(uar, 0.5, 0.125, 10);
  }

  private static FoldsResult.Done done(int fold, Map<String, ModelManifest.Score> scores) {
    return new FoldsResult.Done(fold, 42, "m:" + fold, scores);
  }

  /** 40, 50 and 60 have mean 50 and sample deviation 10; TESS is in two folds only. */
  @Test
  void theTableHasAllCorporaWithMeanAndDeviation() {
    FoldsResult result =
        new FoldsResult(
            List.of(
                done(1, Map.of("test", uar(0.4), "test/tess", uar(0.7), "validation", uar(1))),
                done(2, Map.of("test", uar(0.5), "test/tess", uar(0.7))),
                done(3, Map.of("test", uar(0.6)))),
            List.of(new FoldsResult.Failed(4, 42, new RefusedException("a leak"))),
            "strict",
            12.3);
    List<String> lines = result.report();
    assertThat(lines.get(0).split(" +")).containsExactly("FOLD", "SEED", "MODEL", "ALL", "TESS");
    assertThat(lines.get(1).split(" +")).containsExactly("1", "42", "m:1", "40.0", "70.0");
    assertThat(lines.get(3).split(" +")).containsExactly("3", "42", "m:3", "60.0", "-");
    assertThat(lines.get(4).split(" {2,}")).containsExactly("mean", "50.0 ± 10.0", "70.0 ± 0.0");
    assertThat(lines.get(6)).isEqualTo("published 3 of 4 in 12 s");
  }

  @Test
  void ofNothingThereIsNothingToTell() {
    FoldsResult none = new FoldsResult(List.of(), List.of(), "strict", 0);
    assertThat(none.report()).contains("published 0 of 0 in 0 s");
  }
}
