package io.hone.core.training;

import io.hone.api.component.BadInputException;
import io.hone.api.data.Dataset;
import io.hone.core.component.BoundComponent;
import io.hone.core.engine.RunServices;
import io.hone.core.scenario.DatasetChoice;
import java.util.List;

/**
 * A data set that is open.
 *
 * @param dataset the whole of it
 * @param size how many of its first images are used; at least 1
 */
record OpenedImages(Dataset dataset, long size) implements AutoCloseable {
  /**
   * Opens a data set.
   *
   * @throws BadInputException if it cannot be opened, or holds nothing
   */
  static OpenedImages open(DatasetChoice choice, RunServices services) {
    BoundComponent<?> bound = choice.provider();
    String id = bound.descriptor().id();
    Dataset dataset =
        choice.provider().instance().open(bound.parameters(), List.of(), services.forTask(id));
    if (dataset.size() == 0) {
      dataset.close();
      throw new BadInputException(
          "the data set " + id + " is empty; check its classes and its folder");
    }
    return new OpenedImages(
        dataset, Math.min(dataset.size(), choice.take().orElse(Long.MAX_VALUE)));
  }

  /**
   * Returns how many classes the labels tell apart, 0 to the largest.
   *
   * @throws BadInputException if an image has no label
   */
  int classes() {
    int largest = 0;
    for (long position = 0; position < size; position++) {
      int label = dataset.label(position);
      if (label == Dataset.NO_LABEL) {
        throw new BadInputException(
            "sample "
                + dataset.sample(position)
                + " has no label, which a classifier learns; name a data set that has labels");
      }
      largest = Math.max(largest, label);
    }
    return largest + 1;
  }

  @Override
  public void close() {
    dataset.close();
  }
}
