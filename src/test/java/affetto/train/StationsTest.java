package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StationsTest {

  private static Station station(String executor, String backend) {
    return new Station(executor, backend, "memory", false);
  }

  /**
   * Executors come and go: an epoch tells of those that computed it, the user hears of each once.
   */
  @Test
  void eachEpochHasItsOwn() {
    List<String> notes = new ArrayList<>();
    Stations stations =
        new Stations(TrainingWatch.telling(System::nanoTime, report -> {}, notes::add));
    stations.add(station("1 on a", "cuda, GPU 0"));
    stations.add(station("1 on a", "cuda, GPU 0"));
    assertThat(stations.takeBackends()).isEqualTo("cuda, GPU 0");
    stations.add(station("1 on a", "cuda, GPU 0"));
    stations.add(station("2 on b", "cpu"));
    assertThat(stations.takeBackends()).isEqualTo("1 on a: cuda, GPU 0; 2 on b: cpu");
    stations.add(station("2 on b", "cpu"));
    assertThat(stations.takeBackends()).isEqualTo("cpu");
    assertThat(notes).containsExactly("1 on a: cuda, GPU 0; memory", "2 on b: cpu; memory");
  }
}
