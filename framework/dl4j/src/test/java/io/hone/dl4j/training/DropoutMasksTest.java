package io.hone.dl4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageShape;
import io.hone.dl4j.samediff.Nd4jStart;
import io.hone.learning.network.Activation;
import io.hone.learning.network.Layer;
import io.hone.learning.network.LeNet5;
import io.hone.learning.network.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class DropoutMasksTest {
  private static final ImageShape SHAPE = new ImageShape(2, 5, 8);
  private static final Network NETWORK =
      Network.of(
          SHAPE,
          List.of(
              new Layer.Dropout(0.25),
              new Layer.Flatten(),
              new Layer.Dropout(0.5),
              new Layer.Dense(3, Activation.NONE)));

  private final TrainingRandom random = new TrainingRandom(7);

  @BeforeAll
  static void load() {
    Nd4jStart.load();
  }

  private Map<String, INDArray> draw(int epoch, int... examples) {
    return new DropoutMasks(NETWORK)
        .draw(examples.length, row -> random.dropout(epoch, examples[row]));
  }

  @Test
  void leavesOutTheShareThatIsSaidAndMakesTheRestLarger() {
    Map<String, INDArray> masks = draw(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(masks).containsOnlyKeys("drop1.mask", "drop2.mask");
    assertThat(masks.get("drop1.mask").shape()).containsExactly(12, 5, 8, 2);
    assertThat(masks.get("drop2.mask").shape()).containsExactly(12, 80);
    assertShare(masks.get("drop1.mask"), 0.25, (float) (1 / 0.75));
    assertShare(masks.get("drop2.mask"), 0.5, 2);
  }

  private static void assertShare(INDArray mask, double probability, float kept) {
    float[] values = mask.data().asFloat();
    int left = 0;
    for (float value : values) {
      assertThat(value).isIn(0f, kept);
      left += value == 0 ? 1 : 0;
    }
    assertThat(left / (double) values.length).isCloseTo(probability, within(0.06));
  }

  @Test
  void dependsOnEpochAndExampleAndNotOnTheBatch() {
    INDArray together = draw(3, 5, 8, 2).get("drop2.mask");
    INDArray alone = draw(3, 8).get("drop2.mask");
    float[] row = Arrays.copyOfRange(together.data().asFloat(), 80, 160);
    assertThat(alone.data().asFloat()).isEqualTo(row);
    assertThat(draw(4, 8).get("drop2.mask").data().asFloat()).isNotEqualTo(row);
    assertThat(draw(3, 9).get("drop2.mask").data().asFloat()).isNotEqualTo(row);
  }

  @Test
  void asksForNoStreamWithoutDropout() {
    ImageShape digit = new ImageShape(1, 28, 28);
    Network network = Network.of(digit, new LeNet5().layers(digit, 10));
    assertThat(
            new DropoutMasks(network)
                .draw(
                    4,
                    row -> {
                      throw new AssertionError("a stream for row " + row);
                    }))
        .isEmpty();
  }
}
