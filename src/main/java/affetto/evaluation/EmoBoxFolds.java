package affetto.evaluation;

import affetto.corpus.Corpus;
import affetto.corpus.UnparsableNameException;
import affetto.corpus.Utterance;
import affetto.fault.BadInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fold files that EmoBox publishes (Ma et al. 2024): for each corpus and fold, a list of
 * training and one of test utterances, a JSON object a line, of which only {@code "wav"} is read.
 *
 * <p>Files are {@code ravdess/fold_1/ravdess_test_fold_1.jsonl}; {@link #fileOf} reads that name,
 * and the caller reads the file.
 */
public final class EmoBoxFolds {

  private static final Pattern WAV = Pattern.compile("\"wav\"\\s*:\\s*\"([^\"\\\\]+)\"");
  private static final Pattern FILE =
      Pattern.compile("(ravdess|cremad|savee|tess)_(train|test)_fold_([1-9][0-9]?)\\.jsonl");

  /** Which list a file is. */
  public record ListName(String corpus, boolean test, int fold) {}

  private record Entry(String utterance, String speaker) {}

  private final Map<ListName, List<Entry>> lists = new HashMap<>();

  /** What a file's name says, or nothing where it is not one of EmoBox's lists. */
  public static Optional<ListName> fileOf(String fileName) {
    Matcher matcher = FILE.matcher(fileName);
    return matcher.matches()
        ? Optional.of(
            new ListName(
                matcher.group(1),
                matcher.group(2).equals("test"),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /**
   * Takes in one list.
   *
   * @param file its path, for messages
   * @param lines its lines; empty ones are passed over
   * @throws BadInputException for a line without a file's name, or with one that does not parse
   */
  public EmoBoxFolds add(ListName name, String file, Collection<String> lines) {
    Corpus corpus = Corpus.named(name.corpus());
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (String line : lines) {
      number++;
      if (!line.isBlank()) {
        entries.add(entry(corpus, line, file + ", line " + number));
      }
    }
    lists.put(name, entries);
    return this;
  }

  private static Entry entry(Corpus corpus, String line, String place) {
    Matcher matcher = WAV.matcher(line);
    if (!matcher.find()) {
      throw new BadInputException(place + ": no \"wav\" with a file's name");
    }
    try {
      Utterance utterance = corpus.parse(matcher.group(1));
      return new Entry(utterance.id(), utterance.speaker().id());
    } catch (UnparsableNameException e) {
      throw new BadInputException(place + ": " + e.getMessage(), e);
    }
  }

  /** The number of folds of each corpus that has any. */
  Map<String, Integer> foldsByCorpus() {
    return lists.keySet().stream()
        .collect(Collectors.toMap(ListName::corpus, ListName::fold, Math::max, TreeMap::new));
  }

  /**
   * Utterance ids of a list.
   *
   * @throws BadInputException if the list was not among the files
   */
  Set<String> utterances(ListName name) {
    return list(name).stream().map(Entry::utterance).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Speaker ids of a list. */
  Set<String> speakers(ListName name) {
    return list(name).stream().map(Entry::speaker).collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Entry> list(ListName name) {
    List<Entry> entries = lists.get(name);
    if (entries == null) {
      throw new BadInputException(
          "EmoBox's folds: the %s list of %s's fold %d is missing"
              .formatted(name.test() ? "test" : "train", name.corpus(), name.fold()));
    }
    return entries;
  }
}
