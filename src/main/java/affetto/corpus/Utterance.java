package affetto.corpus;

/**
 * One recorded file of a corpus, as its name describes it.
 *
 * @param id unique across corpora: corpus id, a dash and the file's name without its ending, {@code
 *     ravdess-03-01-05-01-01-01-12}
 * @param corpus the corpus's id
 * @param speaker who speaks
 * @param emotion the label
 * @param channel speech or song
 * @param intensity how strongly
 * @param text code of the sentence or the word itself, never empty
 * @param repetition 1 where the corpus does not repeat
 * @param uri where the file lies, as it was listed
 */
public record Utterance(
    String id,
    String corpus,
    Speaker speaker,
    Emotion emotion,
    Channel channel,
    Intensity intensity,
    String text,
    int repetition,
    String uri) {}
