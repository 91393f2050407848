package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.interpreter.DoubleTensor;
import io.hone.onnx.support.interpreter.Interpreter;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;

/**
 * Compares gradients of cross-entropy with central differences of the interpreter, in double
 * precision: of single features, and along directions that move every feature. Each image's loss is
 * its own, so all images are moved at once.
 */
final class CentralDifferences {
  private static final int FEATURES = 10;
  private static final int DIRECTIONS = 3;
  private static final double[] STEPS = {2e-6, 1e-6};

  /** Two steps that agree to less are on both sides of a kink. */
  private static final double BEND = 1e-5;

  private static final double TOLERANCE = 1e-3;

  private final Interpreter interpreter;
  private final DoubleTensor images;
  private final long[] classes;
  private final Random random;
  private final int count;
  private final int row;

  CentralDifferences(OnnxModel network, Array images, long[] classes, Random random) {
    this.interpreter = new Interpreter(network);
    this.images = DoubleTensor.of(images);
    this.classes = classes;
    this.random = random;
    this.count = classes.length;
    this.row = images.content().length / count;
  }

  void compareLosses(Array losses) {
    double[] expected = losses(images.content());
    for (int i = 0; i < count; i++) {
      assertThat((double) losses.content()[i])
          .as("loss of image %s", i)
          .isCloseTo(expected[i], Offset.offset(1e-4 * Math.max(1, expected[i])));
    }
  }

  void compare(Array gradient) {
    float[] content = gradient.content();
    assertThat(content).hasSize(images.content().length);
    double[] largest = new double[count];
    double[] length = new double[count];
    for (int i = 0; i < content.length; i++) {
      largest[i / row] = Math.max(largest[i / row], Math.abs(content[i]));
      length[i / row] += (double) content[i] * content[i];
    }
    assertThat(largest).as("largest entry of each gradient").doesNotContain(0);
    double difference = 0;
    double whole = 0;
    int smooth = 0;
    for (int number = 0; number < FEATURES; number++) {
      int feature = random.nextInt(row);
      double[] direction = new double[row];
      direction[feature] = 1;
      Slopes slopes = slopes(direction);
      for (int i = 0; i < count; i++) {
        if (slopes.agree(i, largest[i])) {
          double own = content[i * row + feature];
          assertThat(own)
              .as("gradient of image %s at feature %s", i, feature)
              .isCloseTo(slopes.fine[i], Offset.offset(TOLERANCE * largest[i]));
          difference += square(own - slopes.fine[i]);
          whole += square(slopes.fine[i]);
          smooth++;
        }
      }
    }
    assertThat(Math.sqrt(difference)).as("difference").isLessThan(TOLERANCE * Math.sqrt(whole));
    for (int number = 0; number < DIRECTIONS; number++) {
      smooth += compareAlongDirection(content, length);
    }
    assertThat(smooth)
        .as("places without a kink")
        .isGreaterThanOrEqualTo((FEATURES + DIRECTIONS) * count * 9 / 10);
  }

  private int compareAlongDirection(float[] content, double[] length) {
    double[] direction = random.doubles(row).map(x -> x < 0.5 ? -1 : 1).toArray();
    Slopes slopes = slopes(direction);
    int smooth = 0;
    for (int i = 0; i < count; i++) {
      double scale = Math.sqrt(length[i]);
      if (slopes.agree(i, scale)) {
        double product = 0;
        for (int j = 0; j < row; j++) {
          product += direction[j] * content[i * row + j];
        }
        assertThat(product)
            .as("slope of image %s along a direction", i)
            .isCloseTo(slopes.fine[i], Offset.offset(TOLERANCE * scale));
        smooth++;
      }
    }
    return smooth;
  }

  private static double square(double number) {
    return number * number;
  }

  /**
   * Slopes of each image's loss by two step sizes.
   *
   * @param coarse by the larger step
   * @param fine by the smaller one
   */
  private record Slopes(double[] coarse, double[] fine) {
    boolean agree(int image, double scale) {
      return Math.abs(coarse[image] - fine[image]) < BEND * scale;
    }
  }

  private Slopes slopes(double[] direction) {
    return new Slopes(slopes(direction, STEPS[0]), slopes(direction, STEPS[1]));
  }

  private double[] slopes(double[] direction, double step) {
    double[] up = losses(moved(direction, step));
    double[] down = losses(moved(direction, -step));
    double[] slopes = new double[count];
    Arrays.setAll(slopes, i -> (up[i] - down[i]) / (2 * step));
    return slopes;
  }

  private double[] moved(double[] direction, double step) {
    double[] content = images.content().clone();
    for (int i = 0; i < content.length; i++) {
      content[i] += step * direction[i % row];
    }
    return content;
  }

  /** Returns each image's own cross-entropy. */
  private double[] losses(double[] content) {
    DoubleTensor moved = DoubleTensor.of(content, images.shape());
    double[] logits = interpreter.run(moved).values().iterator().next().content();
    int width = logits.length / count;
    double[] losses = new double[count];
    for (int i = 0; i < count; i++) {
      double[] own = Arrays.copyOfRange(logits, i * width, (i + 1) * width);
      double largest = Arrays.stream(own).max().orElseThrow();
      double sum = Arrays.stream(own).map(x -> Math.exp(x - largest)).sum();
      losses[i] = largest + Math.log(sum) - own[(int) classes[i]];
    }
    return losses;
  }
}
