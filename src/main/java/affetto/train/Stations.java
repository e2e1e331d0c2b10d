package affetto.train;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The executors that have trained an epoch; of each, the user is told once. */
final class Stations {
  private final Map<String, Station> byExecutor = new TreeMap<>();
  private final Set<String> known = new HashSet<>();
  private final TrainingWatch watch;

  Stations(TrainingWatch watch) {
    this.watch = watch;
  }

  void add(Station station) {
    byExecutor.put(station.executor(), station);
    if (known.add(station.executor())) {
      watch.note(station.line());
    }
  }

  /**
   * What all computed with since this was last asked, once where it is the same; else each of the
   * executors by name.
   */
  String takeBackends() {
    List<Station> all = List.copyOf(byExecutor.values());
    byExecutor.clear();
    TreeSet<String> backends =
        all.stream().map(Station::backend).collect(Collectors.toCollection(TreeSet::new));
    return backends.size() == 1
        ? backends.first()
        : all.stream()
            .map(station -> "%s: %s".formatted(station.executor(), station.backend()))
            .collect(Collectors.joining("; "));
  }
}
