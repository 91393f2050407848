package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.api.data.Dataset;
import io.hone.api.model.ModelCard;

/**
 * The classes of the model that a training starts from.
 *
 * @param model card of that model
 */
record KnownClasses(ModelCard model) {
  /** Returns the number of classes. */
  int count() {
    return model.output().classes();
  }

  /**
   * Refuses a label that the model has no class for.
   *
   * @throws BadInputException naming the sample
   */
  void check(long sample, int label) {
    if (label != Dataset.NO_LABEL && (label < 0 || label >= count())) {
      throw new BadInputException(
          "label %d of sample %d is outside the %d classes of %s; check the labels, or choose another model"
              .formatted(label, sample, count(), model.name()));
    }
  }
}
