package affetto.evaluation;

import java.util.Map;

/**
 * Roles by speaker. Augmented copies of the test and validation sides are not used: nobody's call
 * arrives pitch-shifted.
 *
 * @param roles by speaker id; nobody else is used
 */
record SpeakerSplit(Map<String, Role> roles) implements Split {

  @Override
  public Role roleOf(RowKey row) {
    Role role = roles.getOrDefault(row.speaker(), Role.UNUSED);
    return role == Role.TRAIN || row.clean() ? role : Role.UNUSED;
  }
}
