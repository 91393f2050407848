package io.hone.learning.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import io.hone.network.Activation;
import io.hone.network.Layer;
import io.hone.network.Network;
import io.hone.network.Padding;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightLayoutTest {
  private static final ImageShape IMAGE = new ImageShape(2, 1, 3);

  @Test
  void kernelsHaveTheirFiltersFirst() {
    WeightLayout layout =
        new WeightLayout(
            Network.of(
                IMAGE, List.of(new Layer.Convolution(3, 1, 1, Padding.SAME, Activation.NONE))));
    assertThat(layout.shape("conv1.kernel")).containsExactly(3, 2, 1, 1);
    // Rows are the two channels, columns the three filters.
    assertThat(layout.toOnnx("conv1.kernel", new float[] {1, 2, 3, 4, 5, 6}))
        .containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void rowsBehindAFlatteningAreOrderedByChannelEvenBehindADropout() {
    WeightLayout layout =
        new WeightLayout(
            Network.of(
                IMAGE,
                List.of(
                    new Layer.Flatten(),
                    new Layer.Dropout(0.5),
                    new Layer.Dense(1, Activation.NONE),
                    new Layer.Dense(6, Activation.NONE))));
    assertThat(layout.toOnnx("dense1.matrix", new float[] {1, 2, 3, 4, 5, 6}))
        .containsExactly(1, 3, 5, 2, 4, 6);
    assertThat(layout.toOnnx("dense2.matrix", new float[] {1, 2, 3, 4, 5, 6}))
        .containsExactly(1, 2, 3, 4, 5, 6);
  }
}
