package affetto.evaluation;

/** What a row is used for in one fold. */
public enum Role {
  TRAIN,
  VALIDATION,
  TEST,
  /** Outside this fold: neither learnt from nor scored. */
  UNUSED
}
