package io.hone.learning.trainer;

import io.hone.api.Param;
import io.hone.api.train.RefusedChoiceException;
import io.hone.learning.engine.SizeRange;
import io.hone.learning.loop.BatchSizes;
import java.util.List;
import java.util.Optional;

/** The sizes of images that a trainer of classifiers gives its batches. */
public record SizeParameters(
    @Param(
            value =
                "The smallest and the largest size in pixels, such as [28, 40]. Each batch is"
                    + " resized to squares of a size between them, at random; empty for the images'"
                    + " own size.",
            def = "[]",
            min = 1,
            max = 1024)
        List<Integer> sizes,
    @Param(
            value =
                "Share of the training in which batches grow from the smallest of the sizes to the"
                    + " largest, which they keep until the end. Small images make the first epochs"
                    + " quick. 0 for sizes at random.",
            def = "0",
            min = 0,
            max = 1)
        double growth) {
  /** Leaves every batch in the size of its images. */
  public static final SizeParameters NONE = new SizeParameters(List.of(), 0);

  /** Each size is tried before a training starts. */
  private static final int MOST = 64;

  private static final String KEY = "with.sizes";

  /** Copies the list. */
  public SizeParameters {
    sizes = List.copyOf(sizes);
  }

  /**
   * Returns the sizes of batches; empty where images keep their own.
   *
   * @throws RefusedChoiceException if the numbers are no range, the range has too many sizes, or
   *     nothing can grow
   */
  Optional<BatchSizes> batches() {
    if (sizes.isEmpty()) {
      if (growth > 0) {
        throw new RefusedChoiceException(
            "with.growth", "nothing grows without sizes; write a range such as sizes: [16, 32]");
      }
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
    return Optional.of(new BatchSizes(range, growth));
  }

  private static RefusedChoiceException refused(String problem) {
    return new RefusedChoiceException(KEY, problem + "; write a range such as [28, 40]");
  }
}
