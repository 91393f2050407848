package io.hone.onnx.check;

import java.util.ArrayList;
import java.util.List;

/** Evaluates a function around one image. */
final class Neighbourhood {
  /** A shift that changes rounding and hardly anything else. */
  private static final double TINY = 0x1p-22;

  private static final int SHIFTS = 12;
  private static final double FLOAT_ROUNDING = 0x1p-24;

  private final CheckedFunction function;
  private final int image;
  private final float[] pixels;
  private final int batch;
  private double here;
  private double noise;

  /** Measures the function's value at the image, and the noise of it. */
  Neighbourhood(CheckedFunction function, int image, float[] pixels, int batch, int[] features) {
    this.function = function;
    this.image = image;
    this.pixels = pixels;
    this.batch = batch;
    measure(features);
  }

  /**
   * Returns the standard deviation of the rounding in one value; NaN where a value is no number.
   */
  double noise() {
    return noise;
  }

  private void measure(int[] features) {
    List<float[]> points = new ArrayList<>();
    points.add(pixels);
    for (int i = 0; i < SHIFTS; i++) {
      int feature = features[i % features.length];
      double shift = TINY * (1 + i / features.length);
      points.add(moved(pixels, feature, shift));
      points.add(moved(pixels, feature, -shift));
    }
    double[] values = values(points);
    double squares = 0;
    double sum = values[0];
    for (int i = 1; i < values.length; i += 2) {
      // The slope cancels; what is left is the rounding of both values and twice that of here.
      double rest = values[i] + values[i + 1] - 2 * values[0];
      squares += rest * rest / 6;
      sum += values[i] + values[i + 1];
    }
    // The mean of so many values is rounded less than one.
    here = sum / values.length;
    noise = Math.max(Math.sqrt(squares / SHIFTS), FLOAT_ROUNDING * Math.abs(here));
  }

  /** Returns the difference quotients along features. */
  Slopes[] slopes(int[] features, double step) {
    List<float[]> points = new ArrayList<>();
    for (int feature : features) {
      for (double distance : Slopes.distances(step)) {
        points.add(moved(pixels, feature, distance));
      }
    }
    double[] values = values(points);
    Slopes[] slopes = new Slopes[features.length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = Slopes.of(pixels[features[i]], step, here, values, i * Slopes.POINTS);
    }
    return slopes;
  }

  /**
   * Returns the central quotient along a feature, averaged over roundings.
   *
   * @param repeats how often; each time another feature is shifted by next to nothing
   */
  double slope(int feature, double step, int repeats) {
    List<float[]> points = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      int other = (feature + 1 + i) % pixels.length;
      float[] shifted = other == feature ? pixels : moved(pixels, other, TINY);
      points.add(moved(shifted, feature, step));
      points.add(moved(shifted, feature, -step));
    }
    double[] values = values(points);
    double sum = 0;
    for (int i = 0; i < values.length; i += 2) {
      sum += values[i] - values[i + 1];
    }
    double width = Slopes.moved(pixels[feature], step) - Slopes.moved(pixels[feature], -step);
    return sum / repeats / width;
  }

  private static float[] moved(float[] pixels, int feature, double distance) {
    float[] point = pixels.clone();
    point[feature] = (float) Slopes.moved(pixels[feature], distance);
    return point;
  }

  private double[] values(List<float[]> points) {
    double[] values = new double[points.size()];
    for (int from = 0; from < values.length; from += batch) {
      int to = Math.min(values.length, from + batch);
      double[] some = function.values(image, points.subList(from, to).toArray(float[][]::new));
      System.arraycopy(some, 0, values, from, to - from);
    }
    return values;
  }
}
