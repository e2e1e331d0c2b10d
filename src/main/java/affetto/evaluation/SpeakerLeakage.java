package affetto.evaluation;

import affetto.fault.RefusedException;
import java.io.Serializable;
import java.util.List;

/**
 * Who stands on both sides of training (validation included) and test.
 *
 * @param testSpeakers speakers with test rows
 * @param sharedSpeakers of them, those who were heard in training
 * @param testUtterances utterances with test rows
 * @param sharedUtterances of them, those of which a copy was learnt
 * @param sharedRecordings recordings, by their sound, on both sides under whatever name
 * @param exampleSpeakers the first few shared ones
 * @param exampleUtterances the first few shared ones
 * @param exampleRecordings the first few shared ones
 */
public record SpeakerLeakage(
    long testSpeakers,
    long sharedSpeakers,
    long testUtterances,
    long sharedUtterances,
    long sharedRecordings,
    List<String> exampleSpeakers,
    List<String> exampleUtterances,
    List<String> exampleRecordings)
    implements Serializable {

  public SpeakerLeakage {
    exampleSpeakers = List.copyOf(exampleSpeakers);
    exampleUtterances = List.copyOf(exampleUtterances);
    exampleRecordings = List.copyOf(exampleRecordings);
  }

  /**
   * Holds a protocol to its promise.
   *
   * @throws RefusedException if a speaker or an utterance stands on both sides where the protocol
   *     says that none does
   */
  public void enforce(Protocol protocol) {
    if (protocol.promisesSpeakers() && sharedSpeakers > 0) {
      throw refusal(protocol, sharedSpeakers, "speakers", exampleSpeakers);
    }
    if (protocol.promisesUtterances() && sharedUtterances > 0) {
      throw refusal(protocol, sharedUtterances, "utterances", exampleUtterances);
    }
    if (protocol.promisesUtterances() && sharedRecordings > 0) {
      throw refusal(
          protocol,
          sharedRecordings,
          "recordings (copies under several names; drop-duplicates leaves them out)",
          exampleRecordings);
    }
  }

  /** One sentence that belongs beside every number. */
  public String sentence() {
    if (sharedSpeakers == 0 && sharedUtterances == 0) {
      return "no test speaker and no test utterance was learnt from";
    }
    return "%d of %d test speakers and %d of %d test utterances were learnt from"
        .formatted(sharedSpeakers, testSpeakers, sharedUtterances, testUtterances);
  }

  private static RefusedException refusal(
      Protocol protocol, long count, String what, List<String> examples) {
    return new RefusedException(
        "leak under protocol %s: %d %s on both sides of training and test, such as %s"
            .formatted(protocol.id(), count, what, String.join(", ", examples)));
  }
}
