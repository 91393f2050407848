package io.hone.api.metric;

import io.hone.api.data.ImageShape;

/**
 * The structural similarity of two images (Wang, Bovik, Sheikh, Simoncelli 2004).
 *
 * <p>Gaussian window of 11 x 11 with sigma 1.5, K1 0.01, K2 0.03, dynamic range 1, windows wholly
 * inside the image, mean over windows and channels. A smaller image takes the largest odd window
 * that fits; an image of one pixel has none.
 */
final class StructuralSimilarity {
  private static final int WINDOW = 11;
  private static final double SIGMA = 1.5;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;

  private final ImageShape shape;
  private final double[] kernel;
  private final int outHeight;
  private final int outWidth;

  StructuralSimilarity(ImageShape shape) {
    this.shape = shape;
    int side = Math.min(WINDOW, Math.min(shape.height(), shape.width()));
    this.kernel = gaussian(side % 2 == 0 ? side - 1 : side);
    this.outHeight = shape.height() - kernel.length + 1;
    this.outWidth = shape.width() - kernel.length + 1;
  }

  private static double[] gaussian(int size) {
    double[] weights = new double[size];
    double sum = 0;
    for (int index = 0; index < size; index++) {
      double offset = index - (size - 1) / 2.0;
      weights[index] = Math.exp(-offset * offset / (2 * SIGMA * SIGMA));
      sum += weights[index];
    }
    for (int index = 0; index < size; index++) {
      weights[index] /= sum;
    }
    return weights;
  }

  /** Returns the similarity of two rows of features; NaN for images of one pixel. */
  double of(float[] first, float[] second) {
    if (shape.pixels() == 1) {
      return Double.NaN;
    }
    double sum = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      sum += channel(first, second, channel * shape.pixels());
    }
    return sum / shape.channels();
  }

  private double channel(float[] first, float[] second, int offset) {
    int pixels = shape.pixels();
    double[] x = new double[pixels];
    double[] y = new double[pixels];
    double[] squares = new double[pixels];
    double[] product = new double[pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      double a = first[offset + pixel];
      double b = second[offset + pixel];
      x[pixel] = a;
      y[pixel] = b;
      squares[pixel] = a * a + b * b;
      product[pixel] = a * b;
    }
    double[] meanX = blur(x);
    double[] meanY = blur(y);
    double[] meanSquares = blur(squares);
    double[] meanProduct = blur(product);
    double sum = 0;
    for (int window = 0; window < meanX.length; window++) {
      double means = meanX[window] * meanY[window];
      double meansSquared = meanX[window] * meanX[window] + meanY[window] * meanY[window];
      double covariance = meanProduct[window] - means;
      double variances = meanSquares[window] - meansSquared;
      sum += ((2 * means + C1) * (2 * covariance + C2)) / ((meansSquared + C1) * (variances + C2));
    }
    return sum / meanX.length;
  }

  /** Filters rows, then columns: the Gaussian is separable, which makes it five times cheaper. */
  private double[] blur(double[] image) {
    int width = shape.width();
    double[] rows = new double[shape.height() * outWidth];
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < outWidth; column++) {
        double sum = 0;
        for (int tap = 0; tap < kernel.length; tap++) {
          sum += kernel[tap] * image[row * width + column + tap];
        }
        rows[row * outWidth + column] = sum;
      }
    }
    double[] blurred = new double[outHeight * outWidth];
    for (int row = 0; row < outHeight; row++) {
      for (int tap = 0; tap < kernel.length; tap++) {
        double weight = kernel[tap];
        int from = (row + tap) * outWidth;
        int to = row * outWidth;
        for (int column = 0; column < outWidth; column++) {
          blurred[to + column] += weight * rows[from + column];
        }
      }
    }
    return blurred;
  }
}
