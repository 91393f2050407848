package io.hone.api.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageShape;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistanceMeterTest {
  @Test
  void distancesOfAColourImage() {
    DistanceMeter meter = new DistanceMeter(new ImageShape(3, 1, 2));
    float[] clean = {0, 0.5f, 0, 0, 0, 1};
    // One change vanishes on the 8-bit grid; the other two belong to the same pixel.
    float[] image = {0.001f, 0.5f, 0.3f, 0, 0.4f, 1};

    Distances distances = meter.between(clean, image);

    assertThat(distances.l0()).isEqualTo(2);
    assertThat(distances.l0Pixels()).isEqualTo(1);
    assertThat(distances.l1()).isEqualTo(0.701, within(1e-6));
    assertThat(distances.l2()).isEqualTo(Math.sqrt(0.09 + 0.16 + 1e-6), within(1e-6));
    assertThat(distances.linf()).isEqualTo(0.4, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"1, 11, 11", "1, 28, 28", "3, 32, 20", "2, 7, 9", "1, 4, 12", "1, 1, 5"})
  void similarityIsTheDefinitionsWindowByWindow(int channels, int height, int width) {
    ImageShape shape = new ImageShape(channels, height, width);
    Random random = new Random(5);
    float[] first = new float[shape.features()];
    float[] second = new float[shape.features()];
    for (int feature = 0; feature < first.length; feature++) {
      first[feature] = random.nextFloat();
      second[feature] = Math.min(1, first[feature] * random.nextFloat() + 0.2f);
    }

    assertThat(new DistanceMeter(shape).between(first, second).ssim())
        .isEqualTo(literal(shape, first, second), within(1e-10));
    assertThat(new DistanceMeter(shape).between(first, first).ssim()).isEqualTo(1, within(1e-12));
  }

  @Test
  void onePixelHasNoSimilarity() {
    DistanceMeter meter = new DistanceMeter(new ImageShape(1, 1, 1));

    assertThat(meter.between(new float[] {0}, new float[] {1}).ssim()).isNaN();
  }

  /** The definition as it is written: one full two-dimensional window after the other. */
  private static double literal(ImageShape shape, float[] x, float[] y) {
    int side = Math.min(11, Math.min(shape.height(), shape.width()));
    side -= side % 2 == 0 ? 1 : 0;
    double[][] window = new double[side][side];
    double total = 0;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        double a = row - side / 2;
        double b = column - side / 2;
        window[row][column] = Math.exp(-(a * a + b * b) / (2 * 1.5 * 1.5));
        total += window[row][column];
      }
    }
    double sum = 0;
    int windows = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int top = 0; top + side <= shape.height(); top++) {
        for (int left = 0; left + side <= shape.width(); left++) {
          double meanX = 0;
          double meanY = 0;
          for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
              double weight = window[row][column] / total;
              int feature = shape.feature(channel, top + row, left + column);
              meanX += weight * x[feature];
              meanY += weight * y[feature];
            }
          }
          double varianceX = 0;
          double varianceY = 0;
          double covariance = 0;
          for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
              double weight = window[row][column] / total;
              int feature = shape.feature(channel, top + row, left + column);
              varianceX += weight * (x[feature] - meanX) * (x[feature] - meanX);
              varianceY += weight * (y[feature] - meanY) * (y[feature] - meanY);
              covariance += weight * (x[feature] - meanX) * (y[feature] - meanY);
            }
          }
          sum +=
              (2 * meanX * meanY + 1e-4)
                  * (2 * covariance + 9e-4)
                  / ((meanX * meanX + meanY * meanY + 1e-4) * (varianceX + varianceY + 9e-4));
          windows++;
        }
      }
    }
    return sum / windows;
  }
}
