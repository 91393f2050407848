package io.hone.onnx.gradientcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

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
    // In large images the rounding of most sums does not feel a single feature.
    for (int i = 0; i < SHIFTS; i++) {
      double[] sides = sides(i);
      points.add(moved(pixels, sides, TINY));
      points.add(moved(pixels, sides, -TINY));
    }
    double[] values = values(points);
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    // The mean of so many values is rounded less than one.
    here = sum / values.length;
    double measured = Math.max(noise(values, 1), noise(values, 1 + 2 * SHIFTS));
    double known = Math.max(function.rounding(image, pixels), FLOAT_ROUNDING * Math.abs(here));
    // Math.max keeps NaN, which a value that is no number leads to.
    noise = Math.max(measured, known);
  }

  private static double noise(double[] values, int from) {
    double squares = 0;
    for (int i = from; i < from + 2 * SHIFTS; i += 2) {
      // The slope cancels; what is left is the rounding of both values and twice that of here.
      double rest = values[i] + values[i + 1] - 2 * values[0];
      squares += rest * rest / 6;
    }
    return Math.sqrt(squares / SHIFTS);
  }

  private double[] sides(int seed) {
    RandomGenerator random = new SplittableRandom(seed);
    double[] sides = new double[pixels.length];
    for (int feature = 0; feature < sides.length; feature++) {
      sides[feature] = random.nextBoolean() ? 1 : -1;
    }
    return sides;
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

  /**
   * Returns the difference quotients along a direction, less what a gradient claims for the moves
   * that floats really made.
   *
   * @param direction one number per feature
   */
  Slopes left(double[] direction, float[] gradient, double step) {
    List<float[]> points = new ArrayList<>();
    for (double distance : Slopes.distances(step)) {
      points.add(moved(pixels, direction, distance));
    }
    double[] values = values(points);
    for (int i = 0; i < values.length; i++) {
      values[i] -= here + claimed(gradient, points.get(i));
    }
    return Slopes.of(step, values);
  }

  /**
   * Returns the central quotient along a direction, less what a gradient claims, averaged over
   * roundings.
   *
   * @param repeats how often; each time a feature is shifted by next to nothing
   */
  double left(double[] direction, float[] gradient, double step, int repeats) {
    List<float[]> points = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      float[] shifted = moved(pixels, i % pixels.length, i * TINY);
      points.add(moved(shifted, direction, step));
      points.add(moved(shifted, direction, -step));
    }
    double[] values = values(points);
    double sum = 0;
    for (int i = 0; i < values.length; i += 2) {
      sum += values[i] - claimed(gradient, points.get(i));
      sum -= values[i + 1] - claimed(gradient, points.get(i + 1));
    }
    return sum / repeats / (2 * step);
  }

  /** Returns by how much a gradient claims the function to be larger than at the image. */
  private double claimed(float[] gradient, float[] point) {
    double sum = 0;
    for (int feature = 0; feature < point.length; feature++) {
      sum += gradient[feature] * ((double) point[feature] - pixels[feature]);
    }
    return sum;
  }

  private static float[] moved(float[] pixels, double[] direction, double distance) {
    float[] point = new float[pixels.length];
    for (int feature = 0; feature < point.length; feature++) {
      point[feature] = (float) (pixels[feature] + distance * direction[feature]);
    }
    return point;
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
