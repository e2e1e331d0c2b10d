package affetto.job;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** What comes one by one, a few dozen at a time: native code is slow at one by one. */
record Batches<T>(Iterator<T> source) implements Iterator<List<T>> {

  private static final int SIZE = 32;

  @Override
  public boolean hasNext() {
    return source.hasNext();
  }

  @Override
  public List<T> next() {
    if (!source.hasNext()) {
      throw new NoSuchElementException();
    }
    List<T> batch = new ArrayList<>(SIZE);
    while (batch.size() < SIZE && source.hasNext()) {
      batch.add(source.next());
    }
    return batch;
  }
}
