package io.hone.learning.trainer;

import io.hone.api.Param;
import io.hone.api.train.RefusedChoiceException;
import io.hone.learning.engine.SizeRange;
import java.util.List;
import java.util.Optional;

/** The sizes of images that a trainer of classifiers draws from, anew for each batch. */
public record SizeParameters(
    @Param(
            value =
                "The smallest and the largest size in pixels, such as [28, 40]. Each batch is"
                    + " resized to squares of a size between them, at random; empty for the images'"
                    + " own size.",
            def = "[]",
            min = 1,
            max = 1024)
        List<Integer> sizes) {
  /** Leaves every batch in the size of its images. */
  public static final SizeParameters NONE = new SizeParameters(List.of());

  /** Each size is tried before a training starts. */
  private static final int MOST = 64;

  private static final String KEY = "with.sizes";

  /** Copies the list. */
  public SizeParameters {
    sizes = List.copyOf(sizes);
  }

  /**
   * Returns the range of sizes; empty where images keep their own.
   *
   * @throws RefusedChoiceException if the numbers are no range, or the range has too many sizes
   */
  Optional<SizeRange> range() {
    if (sizes.isEmpty()) {
      return Optional.empty();
    }
    if (sizes.size() != 2) {
      throw refused(
          "sizes are two numbers, the smallest and the largest, and here are " + sizes.size());
    }
    int smallest = sizes.get(0);
    int largest = sizes.get(1);
    if (smallest < 1 || largest < smallest) {
      throw refused("there is no size between %d and %d".formatted(smallest, largest));
    }
    SizeRange range = new SizeRange(smallest, largest);
    if (range.count() > MOST) {
      throw refused(
          "there are %d sizes from %d to %d, and a training takes %d at most"
              .formatted(range.count(), smallest, largest, MOST));
    }
    return Optional.of(range);
  }

  private static RefusedChoiceException refused(String problem) {
    return new RefusedChoiceException(KEY, problem + "; write a range such as [28, 40]");
  }
}
