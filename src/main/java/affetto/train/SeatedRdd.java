package affetto.train;

import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;

/** Another RDD, each of whose partitions prefers the executor of a worker. */
final class SeatedRdd<T> extends RDD<T> {
  private static final long serialVersionUID = 1L;
  private final transient Seats seats;

  SeatedRdd(RDD<T> parent, Seats seats, ClassTag<T> type) {
    super(parent, type);
    this.seats = seats;
  }

  @Override
  public Iterator<T> compute(Partition split, TaskContext context) {
    return this.<T>firstParent(elementClassTag()).iterator(split, context);
  }

  @Override
  public Partition[] getPartitions() {
    return this.<T>firstParent(elementClassTag()).partitions();
  }

  @Override
  public Seq<String> getPreferredLocations(Partition split) {
    return JavaConverters.asScalaBuffer(seats.location(split.index()));
  }
}
