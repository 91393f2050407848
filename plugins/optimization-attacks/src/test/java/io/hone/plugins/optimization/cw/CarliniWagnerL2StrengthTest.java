package io.hone.plugins.optimization.cw;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.geometry.Norm;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.plugins.gradient.DeepFool;
import io.hone.plugins.optimization.Digits;
import org.junit.jupiter.api.Test;

/** Compares with Foolbox in as many iterations (the data's README says how), and with DeepFool. */
class CarliniWagnerL2StrengthTest {
  private static final int IMAGES = 100;

  /** What other kernels of a processor may add to a median: they round otherwise. */
  private static final double ROUNDING = 1.005;

  @Test
  void getsAsNearAsFoolbox() {
    Distances foolbox = Distances.recorded("foolbox-l2.csv", "9x200", IMAGES);
    Distances ours = distances(CarliniWagnerL2.Params.of(200, 9));
    assertThat(ours.successes()).isGreaterThanOrEqualTo(97);
    assertThat(ours.median()).isLessThanOrEqualTo(foolbox.median() * ROUNDING);
  }

  @Test
  void getsNearerThanDeepFool() {
    CarliniWagnerL2.Params largeSteps =
        new CarliniWagnerL2.Params(
            GoalFunction.F6,
            BoxConstraint.CHANGE_OF_VARIABLES,
            Optimiser.ADAM,
            100,
            5,
            0.1,
            0.1f,
            0,
            0,
            1,
            1,
            true);
    DeepFool.Params usual = new DeepFool.Params(50, 10, 0.02f, DeepFool.Measure.L2);
    Distances ours = distances(largeSteps);
    try (DifferentiableClassifier model = Digits.lenet5()) {
      Batch clean = Digits.known(IMAGES, false, model);
      Distances deepFool =
          Distances.reached(new DeepFool(), usual, model, clean, Norm.L2::distance);
      assertThat(ours.successes()).isEqualTo(deepFool.successes());
      assertThat(ours.median()).isLessThanOrEqualTo(deepFool.median());
    }
  }

  private static Distances distances(CarliniWagnerL2.Params parameters) {
    try (DifferentiableClassifier model = Digits.lenet5()) {
      Batch clean = Digits.known(IMAGES, false, model);
      assertThat(clean.size()).isEqualTo(IMAGES);
      return Distances.reached(new CarliniWagnerL2(), parameters, model, clean, Norm.L2::distance);
    }
  }
}
