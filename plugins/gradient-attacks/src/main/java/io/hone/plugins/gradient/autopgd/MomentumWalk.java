package io.hone.plugins.gradient.autopgd;

import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import java.util.function.Consumer;

/**
 * The walk in Linf and L2: a step down the gradient, three quarters of it and a quarter of the step
 * before (Croce and Hein 2020, algorithm 1).
 */
final class MomentumWalk extends Walk {
  private static final float OF_STEP = 0.75f;
  private static final double FIRST_SIZE = 2;

  private final Consumer<float[]> region;
  private final float[] shares;
  private float[] previous;
  private Checkpoints checkpoints = Checkpoints.of(0);
  private StepHalving halving = new StepHalving(checkpoints, 0, 0);
  private boolean moved;

  MomentumWalk(float[] center, Bounds bounds, Stage first, float[] scratch) {
    super(center, bounds, first, scratch);
    this.previous = center.clone();
    this.shares = shares(bounds, first, center.length);
    Ball ball = first.ball();
    this.region =
        ball.norm() == Norm.LINF
            ? Cube.of(ball, center, bounds)::clip
            : moved -> ball.project(moved, center, bounds);
  }

  /**
   * Returns for each feature which share of a step it takes; empty where all take all of it. A
   * feature with narrow bounds would jump from one to the other, so its step shrinks with them.
   */
  private static float[] shares(Bounds bounds, Stage first, int features) {
    if (bounds.areAllPixels() || first.ball().norm() != Norm.LINF || first.ball().radius() == 0) {
      return new float[0];
    }
    float[] shares = new float[features];
    for (int feature = 0; feature < features; feature++) {
      double diameter = 2 * first.ball().radius();
      shares[feature] = (float) Math.min(1, bounds.width(feature) / diameter);
    }
    return shares;
  }

  @Override
  void begin(Stage entered, double loss) {
    if (checkpoints.iterations().isEmpty()) {
      checkpoints = Checkpoints.of(entered.iterations());
    }
    halving = new StepHalving(checkpoints, FIRST_SIZE * entered.ball().radius(), loss);
    moved = false;
  }

  @Override
  boolean takesBack(int finished, double loss) {
    return halving.takesBack(finished, loss);
  }

  @Override
  boolean move(float[] gradient) {
    System.arraycopy(image, 0, scratch, 0, image.length);
    if (!ball().norm().descend(scratch, gradient, (float) halving.size())) {
      return false;
    }
    for (int feature = 0; feature < shares.length; feature++) {
      scratch[feature] = image[feature] + (scratch[feature] - image[feature]) * shares[feature];
    }
    region.accept(scratch);
    if (moved) {
      // What was the point before becomes the next one.
      for (int feature = 0; feature < image.length; feature++) {
        float step = (scratch[feature] - image[feature]) * OF_STEP;
        float before = (image[feature] - previous[feature]) * (1 - OF_STEP);
        previous[feature] = image[feature] + step + before;
      }
      region.accept(previous);
    } else {
      System.arraycopy(scratch, 0, previous, 0, image.length);
    }
    float[] next = previous;
    previous = image;
    image = next;
    moved = true;
    return true;
  }
}
