package io.hone.plugins.gradient.autopgd;

import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import java.util.random.RandomGenerator;

/**
 * One sample's way through a stage: where it is, and the best point it has seen with the gradient
 * there. Its memory serves all runs of the sample.
 */
abstract sealed class Walk permits MomentumWalk, SparseWalk {
  private final float[] center;
  private final Bounds bounds;
  private final float[] best;
  private final float[] bestGradient;
  private double bestLoss;
  private int iteration;
  private Stage stage;

  /** The point whose loss is asked for next. */
  float[] image;

  /** What is left of a gradient that was turned into a direction. */
  final float[] scratch;

  Walk(float[] center, Bounds bounds, Stage first, float[] scratch) {
    this.center = center;
    this.bounds = bounds;
    this.stage = first;
    this.scratch = scratch;
    this.image = center.clone();
    this.best = center.clone();
    this.bestGradient = new float[center.length];
    this.bestLoss = Double.POSITIVE_INFINITY;
  }

  /**
   * Creates the walk that fits the norm.
   *
   * @param scratch shared by all walks of a thread
   */
  static Walk of(float[] center, Bounds bounds, Stage first, float[] scratch) {
    return first.ball().norm() == Norm.L1
        ? new SparseWalk(center, bounds, first, scratch)
        : new MomentumWalk(center, bounds, first, scratch);
  }

  /** Goes to a random point of a stage's ball. */
  final void start(Stage first, RandomGenerator random) {
    System.arraycopy(center, 0, image, 0, image.length);
    StartingPoint.draw(image, first.ball(), bounds, random);
    enter(first);
  }

  /** Goes to a given point of a stage's ball. */
  final void startAt(float[] point, Stage first) {
    System.arraycopy(point, 0, image, 0, image.length);
    enter(first);
  }

  /** Goes to the best point of the stage before, brought into a stage's ball. */
  final void resume(Stage next) {
    System.arraycopy(best, 0, image, 0, image.length);
    project(image, next.ball());
    enter(next);
  }

  private void enter(Stage entered) {
    stage = entered;
    iteration = 0;
    System.arraycopy(image, 0, best, 0, image.length);
    bestLoss = Double.POSITIVE_INFINITY;
  }

  /** Takes the loss and its gradient at {@link #image}. */
  final void learn(double loss, float[] gradient) {
    boolean better = loss < bestLoss;
    if (better || iteration == 0) {
      System.arraycopy(image, 0, best, 0, image.length);
      System.arraycopy(gradient, 0, bestGradient, 0, gradient.length);
      bestLoss = loss;
    }
    if (iteration == 0) {
      begin(stage, loss);
    } else if (takesBack(iteration, loss)) {
      System.arraycopy(best, 0, image, 0, image.length);
      System.arraycopy(bestGradient, 0, gradient, 0, gradient.length);
    }
    iteration++;
  }

  /** Prepares the steps of a stage at its start. */
  abstract void begin(Stage entered, double loss);

  /** Returns whether to go back to the best point after an iteration, counted from 1. */
  abstract boolean takesBack(int finished, double loss);

  /**
   * Goes one step down a gradient.
   *
   * @return false, with the sample where it was, where the gradient is not a number
   */
  abstract boolean move(float[] gradient);

  /** Returns the best point, brought into a ball where it was found in a larger one. */
  final float[] bestWithin(Ball ball) {
    float[] found = best.clone();
    project(found, ball);
    return found;
  }

  /**
   * Returns the loss of {@link #bestWithin} the user's ball; infinity where the model was not asked
   * for it.
   */
  final double bestLoss() {
    return stage.last() ? bestLoss : Double.POSITIVE_INFINITY;
  }

  /** Returns in how many features the best point differs from the clean image. */
  final int changedByBest() {
    int changed = 0;
    for (int feature = 0; feature < best.length; feature++) {
      changed += best[feature] != center[feature] ? 1 : 0;
    }
    return changed;
  }

  final void project(float[] moved, Ball ball) {
    ball.project(moved, center, bounds);
  }

  final Ball ball() {
    return stage.ball();
  }

  final Bounds bounds() {
    return bounds;
  }
}
