package io.hone.engine.check;

import io.hone.api.data.Tensor;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.UnitInput;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What an attack made of some samples.
 *
 * @param input the samples
 * @param images that it emitted
 * @param samples what became of each
 */
record Attempt(UnitInput input, Tensor images, List<SampleResult> samples) {
  int size() {
    return samples.size();
  }

  SampleResult sample(int row) {
    return samples.get(row);
  }

  boolean attempted(int row) {
    return sample(row).attempted();
  }

  boolean broke(int row) {
    return attempted(row) && sample(row).success();
  }

  /** Returns the rows of the samples that took part. */
  int[] attempted() {
    return rows(this::attempted);
  }

  /** Returns the rows of the samples on which the attack succeeded. */
  int[] broken() {
    return rows(this::broke);
  }

  /** Returns the rows of the samples on which the attack failed. */
  int[] survivors() {
    return rows(row -> attempted(row) && !broke(row));
  }

  private int[] rows(IntPredicate wanted) {
    return IntStream.range(0, size()).filter(wanted).toArray();
  }
}
