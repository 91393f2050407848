package io.hone.engine.check;

import io.hone.engine.step.StepResult;
import io.hone.engine.step.UnitInput;
import java.util.stream.IntStream;

/** Takes some of the samples that a check looks at. */
final class Rows {
  private Rows() {}

  static UnitInput select(UnitInput input, int... rows) {
    return new UnitInput(
        input.position(),
        input.images().select(rows),
        StepResult.select(input.labels(), rows),
        input.logits().select(rows),
        StepResult.select(input.predictions(), rows));
  }

  static UnitInput range(UnitInput input, int from, int to) {
    return select(input, IntStream.range(from, to).toArray());
  }
}
