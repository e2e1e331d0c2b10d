package affetto.model;

/** How a gradient becomes a step. */
public enum Optimizer {
  /** Adam with Kingma and Ba's constants: what networks are trained with. */
  ADAM,
  /** Plain gradient descent: linear in the gradient, which makes averaging easy to check. */
  SGD
}
