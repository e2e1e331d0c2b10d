/**
 * Cheap models that the deep ones must stand beside: Spark MLlib's logistic regression and random
 * forest on scalar features. The only package that knows MLlib.
 */
package affetto.baseline;
