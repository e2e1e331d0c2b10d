package affetto.corpus;

/**
 * A person, unique across corpora.
 *
 * @param id corpus id, a dash and the corpus's own code: {@code ravdess-12}
 * @param corpus the corpus's id: {@code ravdess}
 * @param gender as documented by the corpus
 */
public record Speaker(String id, String corpus, Gender gender) {}
