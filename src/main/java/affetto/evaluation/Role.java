package affetto.evaluation;

/** What a row is used for in one fold. */
public enum Role {
  TRAIN,
  VALIDATION,
  TEST,
  /** Outside this fold: neither learnt from nor scored. */
  UNUSED;

  /** Whether a model has learnt from such a row; validation counts, since training stops by it. */
  public boolean teaches() {
    return this == TRAIN || this == VALIDATION;
  }
}
