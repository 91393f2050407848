package io.hone.learning.loop;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Tensor;
import io.hone.learning.engine.MaskPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DropoutMasksTest {
  private static final List<MaskPort> PORTS =
      List.of(
          new MaskPort("first", 0.25, List.of(2, 5, 8)), new MaskPort("second", 0.5, List.of(80)));

  private final TrainingRandom random = new TrainingRandom(7);

  private Map<String, Tensor> draw(int epoch, int... examples) {
    return new DropoutMasks(PORTS)
        .draw(examples.length, row -> random.dropout(epoch, examples[row]));
  }

  @Test
  void leavesOutTheShareThatIsSaidAndMakesTheRestLarger() {
    Map<String, Tensor> masks = draw(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(masks).containsOnlyKeys("first", "second");
    assertThat(masks.get("first").shape()).containsExactly(12, 2, 5, 8);
    assertThat(masks.get("second").shape()).containsExactly(12, 80);
    assertShare(masks.get("first"), 0.25, (float) (1 / 0.75));
    assertShare(masks.get("second"), 0.5, 2);
  }

  private static void assertShare(Tensor mask, double probability, float kept) {
    int left = 0;
    for (int row = 0; row < mask.rows(); row++) {
      for (float value : mask.row(row)) {
        assertThat(value).isIn(0f, kept);
        left += value == 0 ? 1 : 0;
      }
    }
    assertThat(left / (double) (mask.rows() * mask.rowSize())).isCloseTo(probability, within(0.06));
  }

  @Test
  void dependsOnEpochAndExampleAndNotOnTheBatch() {
    for (String port : List.of("first", "second")) {
      Tensor together = draw(3, 5, 8, 2).get(port);
      Tensor alone = draw(3, 8).get(port);
      assertThatTensor(alone).isSameAs(together.rows(1, 2));
      assertThat(draw(4, 8).get(port).row(0)).isNotEqualTo(alone.row(0));
      assertThat(draw(3, 9).get(port).row(0)).isNotEqualTo(alone.row(0));
    }
  }

  @Test
  void asksForNoStreamWithoutDropout() {
    assertThat(
            new DropoutMasks(List.of())
                .draw(
                    4,
                    row -> {
                      throw new AssertionError("a stream for row " + row);
                    }))
        .isEmpty();
  }
}
