package io.hone.learning.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Tensor;
import org.junit.jupiter.api.Test;

/** Losses against numbers worked out by hand. */
class ObjectiveTest {
  private static Tensor rows(int columns, float... values) {
    Tensor tensor = Tensor.zeros(values.length / columns, columns);
    tensor.buffer().put(0, values);
    return tensor;
  }

  private static Targets values(int columns, float... values) {
    return new Targets.Values(rows(columns, values));
  }

  @Test
  void crossEntropyIsTheLogarithmOfTheTrueClass() {
    // Probabilities 1/4 and 3/4, then 1/2 and 1/2.
    Tensor logits = rows(2, 5, (float) (5 + Math.log(3)), -2, -2);
    Targets classes = new Targets.Classes(new int[] {1, 0});
    assertThat(Objective.CrossEntropy.plain().of(logits, classes))
        .isCloseTo((Math.log(4.0 / 3) + Math.log(2)) / 2, within(1e-6));
    double smoothed = 0.8 * Math.log(4.0 / 3) + 0.1 * (Math.log(4.0 / 3) + Math.log(4));
    assertThat(new Objective.CrossEntropy(0.2).of(logits, classes))
        .isCloseTo((smoothed + Math.log(2)) / 2, within(1e-6));
  }

  @Test
  void crossEntropyOfLargeLogitsIsFinite() {
    Tensor logits = rows(2, 1000, -1000);
    assertThat(Objective.CrossEntropy.plain().of(logits, new Targets.Classes(new int[] {1})))
        .isEqualTo(2000);
  }

  @Test
  void squaredErrorIsAMeanOverTheFeatures() {
    assertThat(new Objective.MeanSquaredError().of(rows(2, 1, 2, 3, 4), values(2, 0, 2, 1, 1)))
        .isEqualTo((1 + 0 + 4 + 9) / 4.0);
  }

  @Test
  void binaryCrossEntropyWeighsBothSidesAlikeWhereItIsBalanced() {
    Tensor made = rows(4, 0.5f, 0.5f, 0.5f, 0.25f);
    Targets one = values(4, 0, 0, 0, 1);
    assertThat(new Objective.BinaryCrossEntropy(false).of(made, one))
        .isCloseTo((3 * Math.log(2) + Math.log(4)) / 4, within(1e-9));
    double ones = 0.5 / (0.25 + 1e-3) * Math.log(4);
    double zeros = 0.5 / (0.75 + 1e-3) * 3 * Math.log(2);
    assertThat(new Objective.BinaryCrossEntropy(true).of(made, one))
        .isCloseTo((ones + zeros) / 4, within(1e-9));
    assertThat(new Objective.BinaryCrossEntropy(false).of(rows(1, 0), values(1, 1)))
        .as("an output of 0 that should be 1")
        .isCloseTo(-Math.log(1e-7), within(1e-3));
  }

  @Test
  void aGivenGradientIsASumOverTheFeatures() {
    assertThat(new Objective.GivenGradient().of(rows(2, 1, 2, 3, 4), values(2, 1, -1, 0.5f, 2)))
        .isEqualTo((1 - 2 + 1.5 + 8) / 2);
  }
}
