package io.hone.api.train;

import io.hone.api.data.Tensor;
import io.hone.api.metric.Verdict;
import io.hone.api.stability.Stability;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What one step made of some images, row by row the same samples as the clean images.
 *
 * @param images {@code [N, C, H, W]}; a sample that took no part has the image that the step
 *     received
 * @param verdicts what was found of each image
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record StepImages(Tensor images, List<Verdict> verdicts) {
  /** Keeps a copy of the verdicts. */
  public StepImages {
    verdicts = List.copyOf(verdicts);
  }

  /** Returns the rows of some images, in order, such as those of {@code Verdict::success}. */
  public int[] rows(Predicate<Verdict> wanted) {
    return IntStream.range(0, verdicts.size())
        .filter(row -> wanted.test(verdicts.get(row)))
        .toArray();
  }
}
