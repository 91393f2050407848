package io.hone.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a classifier gives that has logits and vector-Jacobian products alone. */
class DefaultLossGradientTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 3);

  /** Leaves the loss to the API. */
  private record Plain(ExactClassifier exact) implements DifferentiableClassifier {
    @Override
    public int classes() {
      return exact.classes();
    }

    @Override
    public boolean accepts(ImageShape shape) {
      return exact.accepts(shape);
    }

    @Override
    public Tensor logits(ImageBatch images) {
      return exact.logits(images);
    }

    @Override
    public Tensor vjp(ImageBatch images, Tensor cotangent) {
      return exact.vjp(images, cotangent);
    }
  }

  static Stream<Loss> losses() {
    return Stream.of(
        Loss.crossEntropy(true),
        Loss.crossEntropy(false),
        Loss.margin(true, Float.POSITIVE_INFINITY),
        Loss.margin(false, 0),
        Loss.margin(true, 0.1f),
        Loss.dlr(true),
        Loss.dlr(false),
        Loss.probabilityMargin(true),
        Loss.probabilityMargin(false));
  }

  private static ImageBatch images(int count) {
    Random random = new Random(4);
    Tensor images = Tensor.images(count, SHAPE);
    for (int row = 0; row < count; row++) {
      for (int feature = 0; feature < SHAPE.features(); feature++) {
        images.set(row, feature, random.nextFloat());
      }
    }
    return new ImageBatch(images, new long[count]);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void agreesWithTheExactOne(Loss loss) {
    LinearClassifier exact = LinearClassifier.random(SHAPE, 4, new Random(3));
    ImageBatch images = images(8);
    int[] classes = {0, 1, 2, 3, 3, 2, 1, 0};

    LossGradient given = new Plain(exact).lossGradient(images, loss, classes);
    LossGradient expected = exact.lossGradient(images, loss, classes);

    for (int row = 0; row < 8; row++) {
      assertThat(given.losses()[row]).isCloseTo(expected.losses()[row], within(1e-5f));
      assertThat(given.logits().row(row)).isEqualTo(expected.logits().row(row));
      assertThat(given.gradient().row(row))
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(expected.gradient().row(row));
    }
  }

  @Test
  void aSingleClassHasNoRival() {
    ExactClassifier exact = new ConstantClassifier(SHAPE, 3);

    LossGradient given =
        new Plain(exact).lossGradient(images(1), Loss.margin(true, 0), new int[] {0});

    assertThat(given.losses()).containsExactly(0);
    assertThat(given.gradient().row(0)).containsOnly(0);
  }
}
