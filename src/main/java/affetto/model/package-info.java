/**
 * Networks, the layers they are built of, the scaling before them, and the trained whole that turns
 * features into posteriors. Knows Deeplearning4j, but not Spark.
 */
package affetto.model;
