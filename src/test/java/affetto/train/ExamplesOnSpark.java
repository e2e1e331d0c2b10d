package affetto.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple3;
import scala.collection.JavaConverters;

/** Brings rows to Spark, and looks where they lie there. */
final class ExamplesOnSpark {

  private ExamplesOnSpark() {}

  /** Kryo cannot read records; a table's rows never travel as such either. */
  static JavaRDD<Example> of(JavaSparkContext spark, List<Example> rows, int partitions) {
    return spark
        .parallelize(
            rows.stream().map(row -> new Tuple3<>(row.clip(), row.target(), row.values())).toList(),
            partitions)
        .map(row -> new Example(row._1(), row._2(), row._3()));
  }

  /** How many partitions each executor keeps. */
  static Map<String, Integer> kept(JavaSparkContext spark) {
    Map<String, Integer> kept = new TreeMap<>();
    JavaConverters.seqAsJavaList(spark.sc().statusStore().rddList(true)).stream()
        .flatMap(rdd -> JavaConverters.seqAsJavaList(rdd.partitions().get()).stream())
        .flatMap(partition -> JavaConverters.seqAsJavaList(partition.executors()).stream())
        .forEach(executor -> kept.merge(executor, 1, Integer::sum));
    return kept;
  }
}
