package affetto.table;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.table.FileLayout.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;
import org.junit.jupiter.api.Test;

class FileLayoutTest {

  /** As Spark does it for a column of integers. */
  private static int partition(int key, int partitions) {
    return Math.floorMod(Murmur3_x86_32.hashInt(key, 42), partitions);
  }

  @Test
  void everyFileHasAPartitionOfItsOwnAndAFairShareOfTheRows() {
    Map<String, Target> targets = new LinkedHashMap<>();
    for (int i = 0; i < 200; i++) {
      targets.put("noise-" + i, new Target("folder-" + i, 1 + i % 4));
    }
    FileLayout layout = new FileLayout(targets);
    assertThat(layout.files()).isEqualTo(500);
    Map<Integer, Set<String>> folders = new HashMap<>();
    Map<Integer, Integer> rows = new HashMap<>();
    for (String augmentation : targets.keySet()) {
      for (int clip = 0; clip < 1000; clip++) {
        String utterance = "cremad-1%03d_DFA_ANG_XX".formatted(clip);
        int partition = partition(layout.key(augmentation, utterance), layout.files());
        folders.computeIfAbsent(partition, key -> new HashSet<>()).add(layout.folder(augmentation));
        rows.merge(partition, 1, Integer::sum);
      }
    }
    assertThat(folders).hasSize(500);
    assertThat(folders.values()).allSatisfy(names -> assertThat(names).hasSize(1));
    assertThat(rows.values()).allSatisfy(count -> assertThat(count).isBetween(180, 1000));
  }
}
