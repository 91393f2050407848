package io.hone.plugins.optimization.lbfgs;

import io.hone.api.geometry.Norm;
import io.hone.api.run.Reason;

/** One sample's minimisations, one after the other, and the nearest success among their points. */
final class LbfgsSearch {
  private final float[] clean;
  private final double[] start;
  private final WeightSearch weights;
  private final BoundedMinimizer minimizer;
  private final float[] image;
  private ImageEvaluation atStart;
  private double lowest;
  private boolean lowestSucceeds;
  private float[] nearest;
  private double nearestDistance = Double.POSITIVE_INFINITY;
  private boolean sloped;
  private boolean broken;

  LbfgsSearch(float[] clean, WeightSearch weights, BoundedMinimizer.Settings settings) {
    this.clean = clean;
    this.start = widened(clean);
    this.weights = weights;
    this.image = clean.clone();
    this.minimizer = new BoundedMinimizer(start, Bounds.unit(start.length), settings);
    this.lowest = Double.POSITIVE_INFINITY;
  }

  boolean running() {
    return !broken && weights.running() && nearestDistance > 0;
  }

  /** Returns the image to evaluate; valid until the next {@link #tell}. */
  float[] asked() {
    double[] point = minimizer.asked();
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = (float) point[feature];
    }
    return image;
  }

  void tell(ImageEvaluation evaluation) {
    if (!evaluation.isFinite()) {
      broken = true;
      return;
    }
    sloped |= !evaluation.isFlat();
    if (atStart == null) {
      atStart = evaluation;
    }
    if (evaluation.success()) {
      keepIfNearest();
    }
    advance(evaluation);
    while (!minimizer.running() && running()) {
      weights.tell(lowestSucceeds);
      lowest = Double.POSITIVE_INFINITY;
      if (running()) {
        minimizer.restart(start);
        advance(atStart);
      }
    }
  }

  private void keepIfNearest() {
    double distance = Norm.L2.distance(image, clean);
    if (distance < nearestDistance) {
      nearestDistance = distance;
      nearest = image.clone();
    }
  }

  private void advance(ImageEvaluation evaluation) {
    double[] point = minimizer.asked();
    double[] gradient = new double[point.length];
    double weight = weights.weight();
    double distance = 0;
    for (int feature = 0; feature < point.length; feature++) {
      double change = point[feature] - start[feature];
      distance += change * change;
      gradient[feature] = 2 * change + weight * evaluation.gradient()[feature];
    }
    double objective = distance + weight * evaluation.loss();
    if (objective < lowest) {
      lowest = objective;
      lowestSucceeds = evaluation.success();
    }
    minimizer.tell(objective, gradient);
  }

  /** Returns the nearest success, or null. */
  float[] nearest() {
    return nearest;
  }

  /** Returns why a search that ran to its end found nothing. */
  String obstacle() {
    if (broken) {
      return Reason.NAN;
    }
    return sloped ? Reason.NOT_FOUND : Reason.NO_GRADIENT;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int index = 0; index < values.length; index++) {
      wide[index] = values[index];
    }
    return wide;
  }
}
