/**
 * Trains networks: by parameter averaging on Spark, or in one process as the truth to compare with.
 * The only package that knows Deeplearning4j's Spark module.
 */
package affetto.train;
