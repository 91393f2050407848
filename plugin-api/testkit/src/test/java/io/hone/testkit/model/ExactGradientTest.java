package io.hone.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactGradientTest {
  private static final ImageShape SHAPE = new ImageShape(2, 3, 2);
  private static final double STEP = 1e-6;

  static Stream<ExactClassifier> classifiers() {
    Random random = new Random(3);
    return Stream.of(
        LinearClassifier.random(SHAPE, 4, random),
        TwoLayerClassifier.random(SHAPE, 4, TwoLayerClassifier.Activation.TANH, random),
        TwoLayerClassifier.random(SHAPE, 4, TwoLayerClassifier.Activation.RELU, random),
        new ConstantClassifier(SHAPE, 1, 2, 3, 4));
  }

  static Stream<Loss> losses() {
    return Stream.of(
        Loss.crossEntropy(true),
        Loss.crossEntropy(false),
        Loss.margin(true, Float.POSITIVE_INFINITY),
        Loss.margin(false, Float.POSITIVE_INFINITY),
        Loss.margin(true, 0),
        Loss.margin(false, 0),
        Loss.dlr(true),
        Loss.dlr(false),
        Loss.probabilityMargin(true),
        Loss.probabilityMargin(false));
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void agreesWithFiniteDifferencesOfEveryLoss(ExactClassifier classifier) {
    Random random = new Random(5);
    for (Loss loss : losses().toList()) {
      float[] values = new float[SHAPE.features()];
      for (int feature = 0; feature < values.length; feature++) {
        values[feature] = random.nextFloat();
      }
      ImageBatch image = new ImageBatch(Tensor.of(values, 1, 2, 3, 2), new long[] {9});
      LossGradient result = classifier.lossGradient(image, loss, new int[] {1});
      for (int feature = 0; feature < values.length; feature++) {
        double above = loss(classifier, loss, moved(values, feature, STEP));
        double below = loss(classifier, loss, moved(values, feature, -STEP));
        assertThat((double) result.gradient().get(0, feature))
            .isCloseTo((above - below) / (2 * STEP), within(1e-5));
      }
      assertThat(result.losses()[0]).isEqualTo((float) loss(classifier, loss, moved(values, 0, 0)));
      assertThat(result.logits().row(0)).isEqualTo(classifier.logits(image).row(0));
    }
  }

  private static double loss(ExactClassifier classifier, Loss loss, double[] image) {
    return LossOfLogits.of(loss, classifier.logits(image), 1).loss();
  }

  private static double[] moved(float[] values, int feature, double by) {
    double[] moved = new double[values.length];
    for (int index = 0; index < values.length; index++) {
      moved[index] = values[index];
    }
    moved[feature] += by;
    return moved;
  }

  @ParameterizedTest
  @MethodSource("losses")
  void isLowerWhereTheGoalIsNearer(Loss loss) {
    double nearer = LossOfLogits.of(loss, new double[] {0, loss.targeted() ? 1 : -1}, 1).loss();
    double farther = LossOfLogits.of(loss, new double[] {0, loss.targeted() ? -1 : 1}, 1).loss();
    assertThat(nearer).isLessThan(farther);
  }
}
