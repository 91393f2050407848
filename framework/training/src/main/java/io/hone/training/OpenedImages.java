package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.engine.context.RunServices;
import io.hone.engine.data.SelectedDataset;
import io.hone.engine.data.VerifiedDataset;
import io.hone.scenario.DatasetChoice;
import java.util.Optional;

/**
 * A data set that is open.
 *
 * @param dataset its selected images; at least 1
 */
record OpenedImages(Dataset dataset) implements AutoCloseable {
  /**
   * Opens a data set.
   *
   * @throws BadInputException if it cannot be opened, or holds nothing
   */
  static OpenedImages open(DatasetChoice choice, DatasetRequest request, RunServices services) {
    Dataset dataset = VerifiedDataset.open(choice.provider(), request, services);
    try {
      Dataset selected = SelectedDataset.of(dataset, choice.selection());
      selected.check(0, selected.size());
      return new OpenedImages(selected);
    } catch (RuntimeException | Error e) {
      dataset.close();
      throw e;
    }
  }

  /** Returns how many images are used. */
  long size() {
    return dataset.size();
  }

  /**
   * Returns how many classes the labels tell apart, 0 to the largest.
   *
   * @param known classes that labels must be among; empty if any will do
   * @throws BadInputException if an image has no label, or another label
   */
  int classes(Optional<KnownClasses> known) {
    int largest = 0;
    for (long position = 0; position < size(); position++) {
      int label = dataset.label(position);
      if (label == Dataset.NO_LABEL) {
        throw new BadInputException(
            "sample "
                + dataset.sample(position)
                + " has no label, which this training needs; name a data set that has labels");
      }
      long sample = dataset.sample(position);
      known.ifPresent(classes -> classes.check(sample, label));
      largest = Math.max(largest, label);
    }
    return largest + 1;
  }

  @Override
  public void close() {
    dataset.close();
  }
}
