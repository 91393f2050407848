package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Tensor;
import java.util.Arrays;

/** A copy of images whose memory is between two other rows, to see whether those are written. */
final class GuardedImages {
  private static final float BEFORE = 0.123f;
  private static final float AFTER = 0.456f;

  private final Tensor all;
  private final int last;

  GuardedImages(Tensor images) {
    last = images.rows() + 1;
    all = Tensor.images(images.rows() + 2, images.imageShape());
    fill(0, BEFORE);
    fill(last, AFTER);
    all.copyRows(1, images, 0, images.rows());
  }

  private void fill(int row, float value) {
    float[] values = new float[all.rowSize()];
    Arrays.fill(values, value);
    all.setRow(row, values);
  }

  Tensor images() {
    return all.rows(1, last);
  }

  void assertSurroundingsUntouched() {
    assertThat(all.row(0)).as("the row before those of the batch").containsOnly(BEFORE);
    assertThat(all.row(last)).as("the row after those of the batch").containsOnly(AFTER);
  }
}
