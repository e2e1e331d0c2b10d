package affetto.corpus;

import affetto.fault.BadInputException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A speech corpus: how its files are named. Its Javadoc holds the code, size, source, licence. */
public sealed interface Corpus permits Ravdess, CremaD, Savee, Tess {

  /** What users name it, and what its utterances' and speakers' ids begin with. */
  String id();

  /** The emotions that its actors were asked for. */
  Set<Emotion> emotions();

  /**
   * What a file's name says.
   *
   * @param uri a path or URI; only its last parts count, and {@code %20} stands for a space
   * @throws UnparsableNameException if the name does not follow the code; the message names the
   *     part and the value
   */
  Utterance parse(String uri) throws UnparsableNameException;

  /** All four, in the order of their ids' fame. */
  static List<Corpus> all() {
    return List.of(new Ravdess(), new CremaD(), new Savee(), new Tess());
  }

  /** The corpus of an id: {@code ravdess}, {@code cremad}, {@code savee}, {@code tess}. */
  static Optional<Corpus> find(String id) {
    return all().stream().filter(corpus -> corpus.id().equals(id)).findFirst();
  }

  /**
   * The corpus of an id.
   *
   * @throws BadInputException if there is none; the message lists those there are
   */
  static Corpus named(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new BadInputException(
                    "unknown corpus '%s': there are %s"
                        .formatted(
                            id, String.join(", ", all().stream().map(Corpus::id).toList()))));
  }

  /** Endings of files that may hold sound; what they really hold is for the decoder to say. */
  Set<String> ENDINGS = Set.of("wav", "wave", "flac", "aif", "aiff", "au");
}
