package io.hone.api;

import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.api.stability.Stability;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the model that a data set is opened for. A data set follows it where its own
 * parameters leave something open: which class a folder means, to which size images are brought.
 *
 * @param classNames the model's class names, in the order of its classes; empty if it names none
 * @param classes the number of the model's classes, at least 1; empty if it is not known
 * @param channels the channels that the model takes; empty if that is not known
 * @param height the only height in pixels that the model takes; empty if it takes any, or if that
 *     is not known
 * @param width the only width in pixels that the model takes; empty if it takes any, or if that is
 *     not known
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record DatasetRequest(
    List<String> classNames,
    Optional<Integer> classes,
    Optional<Integer> channels,
    Optional<Integer> height,
    Optional<Integer> width) {
  /** Copies the list and checks that every number is positive and that names and classes agree. */
  public DatasetRequest {
    int names = classNames.size();
    classNames = List.copyOf(classNames);
    for (Optional<Integer> number : List.of(classes, channels, height, width)) {
      if (number.filter(value -> value < 1).isPresent()) {
        throw new IllegalArgumentException("a number that is known is at least 1");
      }
    }
    if (names > 0 && classes.filter(count -> count != names).isPresent()) {
      throw new IllegalArgumentException(names + " names for " + classes.get() + " classes");
    }
  }

  /** Returns the request of a data set that no model is known for, as in most trainings. */
  public static DatasetRequest open() {
    return new DatasetRequest(
        List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns the request for a model that names its classes and leaves the rest open. */
  public static DatasetRequest named(List<String> classNames) {
    return new DatasetRequest(
        classNames,
        Optional.of(classNames.size()).filter(count -> count > 0),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns the request for images of one shape, of a model that does not name its classes. */
  public static DatasetRequest of(ImageShape shape, int classes) {
    return new DatasetRequest(
            List.of(), Optional.of(classes), Optional.empty(), Optional.empty(), Optional.empty())
        .ofShape(shape);
  }

  /** Returns the request for the model that a card describes. */
  public static DatasetRequest of(ModelCard card) {
    ModelCard.Input input = card.input();
    List<String> names = card.output().classNames();
    return new DatasetRequest(
        names,
        known(names.isEmpty() ? card.output().classes() : names.size()),
        known(input.channels()),
        input.height(),
        input.width());
  }

  /** Returns this request for images of one shape. */
  public DatasetRequest ofShape(ImageShape shape) {
    return new DatasetRequest(
        classNames,
        classes,
        Optional.of(shape.channels()),
        Optional.of(shape.height()),
        Optional.of(shape.width()));
  }

  /** Returns this request without what it says of the shape of the images. */
  public DatasetRequest ofAnyShape() {
    return new DatasetRequest(
        classNames, classes, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Cards write 0 where there is no such number. */
  private static Optional<Integer> known(int number) {
    return number > 0 ? Optional.of(number) : Optional.empty();
  }
}
