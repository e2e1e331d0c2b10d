package affetto.model;

import java.io.IOException;

/** A folder of a model's own, where its {@link Classifier} is to write itself. */
public interface ModelFolder {

  /**
   * Writes a file.
   *
   * @param name without a slash
   */
  void write(String name, byte[] bytes) throws IOException;

  /**
   * Announces a folder below this one, for what writes many files by itself.
   *
   * @param name without a slash
   * @return its URI; nothing lies there yet, not even the folder
   */
  String below(String name);
}
