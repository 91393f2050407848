package io.hone.testkit;

import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;
import java.util.Arrays;
import org.assertj.core.api.AbstractAssert;

/** What tests say of images. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class TensorAssert extends AbstractAssert<TensorAssert, Tensor> {
  private TensorAssert(Tensor actual) {
    super(actual, TensorAssert.class);
  }

  /** Starts an assertion. */
  public static TensorAssert assertThatTensor(Tensor actual) {
    return new TensorAssert(actual);
  }

  /** Checks that every value is in [0, 1]; NaN is not. */
  public TensorAssert isWithinPixelRange() {
    for (int row = 0; row < actual.rows(); row++) {
      for (int feature = 0; feature < actual.rowSize(); feature++) {
        float value = actual.get(row, feature);
        if (!(value >= 0 && value <= 1)) {
          failWithMessage("row %d holds %s at feature %d, outside [0, 1]", row, value, feature);
        }
      }
    }
    return this;
  }

  /** Checks that every row holds exactly the bits of another tensor's row. */
  public TensorAssert isSameAs(Tensor expected) {
    if (!Arrays.equals(actual.shape(), expected.shape())) {
      failWithMessage("shape %s, not %s", actual, expected);
    }
    for (int row = 0; row < actual.rows(); row++) {
      int difference = Arrays.mismatch(actual.row(row), expected.row(row));
      if (difference >= 0) {
        failWithMessage(
            "row %d holds %s at feature %d, but %s was expected",
            row, actual.get(row, difference), difference, expected.get(row, difference));
      }
    }
    return this;
  }
}
