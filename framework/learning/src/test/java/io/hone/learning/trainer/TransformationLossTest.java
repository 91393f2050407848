package io.hone.learning.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.learning.trainer.TransformationLoss.Cost;
import io.hone.testkit.model.ExactClassifier;
import io.hone.testkit.model.LinearClassifier;
import io.hone.testkit.model.TwoLayerClassifier;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformationLossTest {
  private static final ImageShape SHAPE = new ImageShape(2, 3, 4);
  private static final int[] WANTED = {2, 0, 3};

  private final ExactClassifier classifier =
      TwoLayerClassifier.random(
          SHAPE, 4, TwoLayerClassifier.Activation.TANH, new SplittableRandom(9));
  private final Tensor clean = RandomImages.of(WANTED.length, SHAPE, 1);
  private final Tensor made = RandomImages.of(WANTED.length, SHAPE, 2);

  static Stream<TransformationLoss> losses() {
    return Stream.of(0.0, 0.3, 1.0)
        .flatMap(
            phi ->
                Stream.of(ImageDistance.values())
                    .flatMap(
                        image ->
                            Stream.of(PredictionDistance.values())
                                .flatMap(
                                    prediction ->
                                        Stream.of(
                                                new WantedOutput.OneHot(),
                                                new WantedOutput.Reranked(1.5))
                                            .map(
                                                expectation ->
                                                    new TransformationLoss(
                                                        1 - phi,
                                                        phi,
                                                        image,
                                                        prediction,
                                                        expectation)))));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientAgreesWithFiniteDifferences(TransformationLoss loss) {
    Cost cost = loss.of(clean, made, WANTED, classifier);
    float step = 0x1p-7f;
    for (int row = 0; row < WANTED.length; row++) {
      for (int feature = 0; feature < SHAPE.features(); feature++) {
        double slope =
            (moved(loss, row, feature, step) - moved(loss, row, feature, -step)) / (2 * step);
        // The mean over the images shares each one's slope among them.
        assertThat(slope * WANTED.length)
            .as("%s at feature %d of image %d", loss, feature, row)
            .isCloseTo(cost.gradient().get(row, feature), within(3e-3));
      }
    }
  }

  private double moved(TransformationLoss loss, int row, int feature, float by) {
    Tensor other = made.copy();
    other.set(row, feature, other.get(row, feature) + by);
    return loss.mean(loss.of(clean, other, WANTED, classifier));
  }

  @Test
  void isEquationSixWithTheTermsOfAHandComputedCase() {
    ImageShape two = new ImageShape(1, 1, 2);
    ExactClassifier identity =
        new LinearClassifier(two, new double[][] {{1, 0}, {0, 1}}, new double[] {0, 0});
    Tensor before = Tensor.of(new float[] {0.75f, 0}, 1, 1, 1, 2);
    Tensor after = Tensor.of(new float[] {0.375f, 0.5f}, 1, 1, 1, 2);
    double norm = 0.625;
    double crossEntropy = Math.log(1 + Math.exp(0.375 - 0.5));
    TransformationLoss loss =
        new TransformationLoss(
            0.8,
            0.2,
            ImageDistance.L2,
            PredictionDistance.CROSS_ENTROPY,
            new WantedOutput.OneHot());
    Cost cost = loss.of(before, after, new int[] {1}, identity);
    assertThat(loss.mean(cost)).isCloseTo(0.8 * norm + 0.2 * crossEntropy, within(1e-6));
    assertThat(loss.parts(cost).get("distance")).isCloseTo(0.8 * norm, within(1e-6));
    assertThat(loss.parts(cost).get("prediction")).isCloseTo(0.2 * crossEntropy, within(1e-6));
    assertThat(cost.predicted()).containsExactly(1);
    TransformationLoss squared =
        new TransformationLoss(
            1, 0, ImageDistance.MSE, PredictionDistance.L2, new WantedOutput.OneHot());
    assertThat(squared.mean(squared.of(before, after, new int[] {1}, identity)))
        .isCloseTo(norm * norm / 2, within(1e-6));
  }

  /** Keras' cross-entropy with prediction and target swapped: -log(1e-7) is 16.118. */
  @Test
  void linearTermIsOneLessTheWantedProbability() {
    double wanted = 1 / (1 + Math.exp(0.375 - 0.5));
    double[] gradient = new double[2];
    double term =
        PredictionDistance.LINEAR.of(new double[] {0.375, 0.5}, new double[] {0, 1}, gradient);
    assertThat(term).isCloseTo(16.118 * (1 - wanted), within(1e-4));
    assertThat(gradient[1]).isCloseTo(-16.118 * wanted * (1 - wanted), within(1e-4));
  }

  @Test
  void rerankedProbabilitiesPutTheWantedClassFirstAndSumToOne() {
    double[] expected = new WantedOutput.Reranked(1.5).of(new double[] {0.6, 0.3, 0.1}, 2);
    assertThat(expected)
        .containsExactly(new double[] {0.6 / 1.8, 0.3 / 1.8, 0.9 / 1.8}, within(1e-12));
  }

  @Test
  void anImageThatIsTheCleanOneHasNoDirection() {
    TransformationLoss loss =
        new TransformationLoss(
            1, 0, ImageDistance.L2, PredictionDistance.CROSS_ENTROPY, new WantedOutput.OneHot());
    Cost cost = loss.of(clean, clean.copy(), WANTED, classifier);
    assertThat(loss.mean(cost)).isZero();
    assertThat(cost.gradient().row(0)).containsOnly(0);
  }
}
