package io.hone.engine.step.improve;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.EightBit;
import io.hone.api.model.Classifier;
import io.hone.engine.step.RoundingClassifier;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds the 8-bit images that an improver starts from.
 *
 * <p>Rounded toward its clean image, an example that is just past the boundary falls back behind
 * it. Where the nearest levels keep it a success, they are the start; no distance grows by more
 * than rounding then, and L0, which counts levels, not at all.
 */
final class GridStart {
  private final Classifier model;

  GridStart(Classifier model) {
    this.model = model;
  }

  /**
   * Rounds those of the received examples to the nearest levels that survive this way only.
   *
   * @param examples one for each row of the batch, rewritten in place
   * @param survives whether each example survives being rounded to the nearest levels
   * @return what the examples are emitted as where an improver leaves them alone
   */
  Tensor choose(Batch clean, Tensor examples, boolean[] survives) {
    Tensor rounded = examples.copy();
    RoundingClassifier.round(clean, rounded);
    int[] moved =
        IntStream.range(0, clean.size())
            .filter(row -> survives[row] && !Arrays.equals(rounded.row(row), examples.row(row)))
            .toArray();
    if (moved.length == 0) {
      return rounded;
    }
    int[] predicted = model.predict(clean.images().with(rounded).select(moved));
    for (int index = 0; index < moved.length; index++) {
      if (!clean.succeeds(moved[index], predicted[index])) {
        roundToNearest(examples, moved[index]);
        rounded.copyRow(moved[index], examples, moved[index]);
      }
    }
    return rounded;
  }

  private static void roundToNearest(Tensor examples, int row) {
    for (int feature = 0; feature < examples.rowSize(); feature++) {
      examples.set(row, feature, EightBit.round(examples.get(row, feature)));
    }
  }
}
