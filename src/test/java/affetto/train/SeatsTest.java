package affetto.train;

import static org.assertj.core.api.Assertions.assertThat;

import affetto.train.Seats.Seat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeatsTest {

  private static Map<String, Seat> there(int places, String... executors) {
    Map<String, Seat> there = new TreeMap<>();
    for (String executor : executors) {
      there.put(executor, new Seat(executor, "host", places));
    }
    return there;
  }

  private static List<String> ids(List<Seat> seats) {
    return seats.stream().map(Seat::executor).toList();
  }

  @Test
  void workersAreSpreadThoughOneExecutorHadRoomForAll() {
    assertThat(ids(Seats.arrange(there(4, "0", "1"), 4, List.of())))
        .containsExactly("0", "1", "0", "1");
    assertThat(ids(Seats.arrange(there(1, "2", "10"), 2, List.of()))).containsExactly("2", "10");
  }

  @Test
  void whoHasNoPlaceTakesTurnsWhereFewestDo() {
    assertThat(ids(Seats.arrange(there(1, "0", "1"), 3, List.of()))).containsExactly("0", "1", "0");
  }

  @Test
  void aWorkerMovesOnlyWhereItMust() {
    List<Seat> before = Seats.arrange(there(1, "0", "1", "2"), 3, List.of());
    assertThat(ids(Seats.arrange(there(1, "0", "2", "7"), 3, before)))
        .containsExactly("0", "7", "2");
  }

  /** After a loss the survivor keeps both shares, until there is another executor. */
  @Test
  void crowdedWorkersMoveApartWhenAnExecutorComes() {
    List<Seat> both = Seats.arrange(there(1, "0", "1"), 2, List.of());
    List<Seat> crowded = Seats.arrange(there(1, "0"), 2, both);
    assertThat(ids(crowded)).containsExactly("0", "0");
    assertThat(ids(Seats.arrange(there(1, "0", "2"), 2, crowded))).containsExactly("0", "2");
  }

  @Test
  void trainingsSideBySideKeepToPlacesOfTheirOwn() {
    Map<String, Seat> there = there(1, "0", "1", "2", "3");
    List<Seat> everyone = Seats.arrange(there, 4, List.of());
    Seats first = new Seats(there, everyone, new Lane(0, 2));
    Seats second = new Seats(there, everyone, new Lane(1, 2));
    assertThat(ids(first.byWorker())).containsExactly("0", "1");
    assertThat(ids(second.byWorker())).containsExactly("2", "3");
    assertThat(second.location(1)).containsExactly("executor_host_3");
    assertThat(Seats.ANY.byWorker()).isEmpty();
    // Whatever each has seen before, they agree again.
    Map<String, Seat> now = there(1, "0", "2", "7", "8");
    Seats late =
        new Seats(there(1, "0"), Seats.arrange(there(1, "0"), 4, List.of()), new Lane(1, 2));
    assertThat(first.among(now).everyone()).isEqualTo(late.among(now).everyone());
    assertThat(ids(late.among(now).byWorker())).containsExactly("7", "8");
    assertThat(first.among(there)).isSameAs(first);
  }

  @Test
  void sparksSchedulerKnowsAnExecutorByHostAndId() {
    assertThat(new Seat("3", "10.0.0.1", 1).location()).isEqualTo("executor_10.0.0.1_3");
  }

  /** Until an executor can keep blocks, Spark knows it by its host alone. */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:7077, 10.0.0.1",
    "10.0.0.1, 10.0.0.1",
    "[::1]:7077, [::1]",
    "[::1], [::1]",
    "worker-3.example, worker-3.example"
  })
  void theHostStandsBeforeThePortIfThereIsOne(String hostPort, String host) {
    assertThat(Seats.host(hostPort)).isEqualTo(host);
  }
}
