package affetto.train;

/** How the learning rate changes from epoch to epoch. */
public enum ScheduleKind {
  /** It is lowered when the training loss stalls. */
  PLATEAU("plateau"),
  /** It rises to its top, then falls to almost nothing. */
  ONE_CYCLE("one-cycle");

  private final String id;

  ScheduleKind(String id) {
    this.id = id;
  }

  /** What users call it. */
  public String id() {
    return id;
  }
}
