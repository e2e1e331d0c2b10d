package affetto.train;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The executors that have trained so far, each told of once. */
final class Stations {
  private final Map<String, Station> byExecutor = new TreeMap<>();
  private final TrainingWatch watch;

  Stations(TrainingWatch watch) {
    this.watch = watch;
  }

  void add(Station station) {
    if (byExecutor.put(station.executor(), station) == null) {
      watch.note(station.line());
    }
  }

  /** What all computed with, once where it is the same; else each of the executors by name. */
  String backends() {
    Collection<Station> all = byExecutor.values();
    TreeSet<String> backends =
        all.stream().map(Station::backend).collect(Collectors.toCollection(TreeSet::new));
    return backends.size() == 1
        ? backends.first()
        : all.stream()
            .map(station -> "%s: %s".formatted(station.executor(), station.backend()))
            .collect(Collectors.joining("; "));
  }
}
