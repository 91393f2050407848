package io.hone.plugins.datasets.eightbit;

import io.hone.api.BadInputException;
import java.util.List;
import java.util.TreeSet;

/**
 * Which classes of a data set are kept.
 *
 * @param classes in ascending order; empty for all of them
 */
public record ClassSelection(List<Integer> classes) {
  /** Copies the list. */
  public ClassSelection {
    classes = List.copyOf(classes);
  }

  /**
   * Reads what a user wrote.
   *
   * @param dataset id of the data set, for messages
   * @param count number of classes that there are
   * @throws BadInputException if there is no such class
   */
  public static ClassSelection of(String dataset, List<Integer> classes, int count) {
    TreeSet<Integer> sorted = new TreeSet<>(classes);
    if (!sorted.isEmpty() && (sorted.first() < 0 || sorted.last() >= count)) {
      throw new BadInputException(
          "data set "
              + dataset
              + ", classes: not all of "
              + classes
              + " exist; name classes from 0 to "
              + (count - 1));
    }
    return new ClassSelection(List.copyOf(sorted));
  }

  /** Returns whether images of a class are kept. */
  public boolean keeps(int label) {
    return classes.isEmpty() || classes.contains(label);
  }

  /** Returns the fingerprint of what is kept of a content. */
  public String fingerprint(String contentHash) {
    return classes.isEmpty() ? contentHash : contentHash + " classes " + classes;
  }
}
