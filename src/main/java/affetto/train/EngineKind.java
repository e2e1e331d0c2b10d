package affetto.train;

/** What brings workers together after each round. All kinds come to the same network. */
public enum EngineKind {
  /** Rows and networks stay in the executors; only numbers travel. */
  RESIDENT("resident"),
  /** Deeplearning4j's ParameterAveragingTrainingMaster, fed by a shuffle in each epoch. */
  DL4J("dl4j");

  private final String id;

  EngineKind(String id) {
    this.id = id;
  }

  /** What users call it. */
  public String id() {
    return id;
  }
}
