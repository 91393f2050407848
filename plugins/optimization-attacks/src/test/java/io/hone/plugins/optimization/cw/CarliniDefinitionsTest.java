package io.hone.plugins.optimization.cw;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.geometry.Norm;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.plugins.optimization.Digits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares with what Carlini's definitions of his attacks reach with the same settings, as {@code
 * src/test/peers/record_cw.py} states and recorded them; on the first images, because the searches
 * are long.
 */
class CarliniDefinitionsTest {
  private static final int ITERATIONS = 100;

  /** What other kernels of a processor may add to a mean over tens of images. */
  private static final double ROUNDING = 1.02;

  @ParameterizedTest
  @CsvSource({"untargeted, 30", "next class, 10"})
  void linfChangesNoFeatureMore(String goal, int images) {
    CarliniWagnerLinf.Params parameters =
        new CarliniWagnerLinf.Params(ITERATIONS, 0.005f, 1e-5, 20, 2, 0.9);
    try (DifferentiableClassifier model = Digits.lenet5()) {
      Batch clean = Digits.known(images, goal.equals("next class"), model);
      assertNoFarther(
          Distances.reached(new CarliniWagnerLinf(), parameters, model, clean, Norm.LINF::distance),
          Distances.recorded("carlini-linf.csv", goal, images));
    }
  }

  @ParameterizedTest
  @CsvSource({"untargeted, 30", "next class, 10"})
  void l0ChangesNoMorePixels(String goal, int images) {
    CarliniWagnerL0.Params parameters =
        new CarliniWagnerL0.Params(ITERATIONS, 0.01f, 1e-3, 2e6, 2, CarliniWagnerL0.Unit.PIXEL);
    try (DifferentiableClassifier model = Digits.lenet5()) {
      Batch clean = Digits.known(images, goal.equals("next class"), model);
      AllowedSet pixels = new AllowedSet(clean.pixels().rowSize(), 1);
      assertNoFarther(
          Distances.reached(new CarliniWagnerL0(), parameters, model, clean, pixels::changed),
          Distances.recorded("carlini-l0.csv", goal, images));
    }
  }

  private static void assertNoFarther(Distances ours, Distances theirs) {
    assertThat(ours.values()).hasSameSizeAs(theirs.values());
    assertThat(ours.successes()).isGreaterThanOrEqualTo(theirs.successes());
    assertThat(ours.median()).isLessThanOrEqualTo(theirs.median() * ROUNDING);
    assertThat(ours.mean()).isLessThanOrEqualTo(theirs.mean() * ROUNDING);
  }
}
