package io.hone.engine.model;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.DatasetRequest;
import io.hone.api.UnknownShapeException;
import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import java.util.Optional;

/** Which images a model takes, by its card. */
public final class ModelImages {
  private ModelImages() {}

  /**
   * Returns what a model wants of a data set, without a shape where nothing tells it.
   *
   * @throws BadInputException if neither card nor file tells enough
   */
  public static DatasetRequest request(ModelReference reference, ModelLibrary models) {
    try {
      CompletedCard told = models.completed(reference);
      DatasetRequest request = DatasetRequest.of(told.card());
      return told.shapeTold() ? request : request.ofAnyShape();
    } catch (UnknownShapeException open) {
      return open.request();
    }
  }

  /** Returns whether a card admits images of a shape. */
  public static boolean admits(ModelCard card, ImageShape shape) {
    ModelCard.Input input = card.input();
    return input.channels() == shape.channels()
        && is(input.height(), shape.height())
        && is(input.width(), shape.width());
  }

  private static boolean is(Optional<Integer> wanted, int pixels) {
    return wanted.isEmpty() || wanted.get() == pixels;
  }

  /**
   * Returns what to tell of images that a model does not take.
   *
   * @param dataset id of the data set
   * @param shape of its images
   */
  public static String mismatch(String dataset, ImageShape shape, ModelCard card) {
    return "the images of data set "
        + dataset
        + " are "
        + shape
        + ", but the model "
        + card.name()
        + " takes "
        + card.input().sizes()
        + "; resize them or choose another model";
  }
}
