package io.hone.plugins.gradient;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.model.LossGradient;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;

/**
 * Steps of fixed size down the attacker's loss, each brought back into the ball around the clean
 * image and within its bounds: what all attacks of this plugin share.
 *
 * <p>Costs one gradient a step. A sample leaves early where it has no query left (given up as
 * {@code budget}), where loss or gradient is not a number ({@code nan}), where the gradient is
 * zero, so that it would never move again ({@code no-gradient}), and, if asked for, at its first
 * success.
 *
 * @param size of a step in the ball's norm
 * @param steps at most
 * @param stopAtSuccess whether a sample leaves as soon as the model's answer meets its goal
 */
record Descent(Ball ball, float size, int steps, boolean stopAtSuccess) {
  /**
   * Returns a descent whose steps are a share of the ball's radius. Only the ball's border has to
   * be exact; steps are as long as images are: in float.
   */
  static Descent within(Ball ball, double share, int steps, boolean stopAtSuccess) {
    return new Descent(ball, (float) (share * (float) ball.radius()), steps, stopAtSuccess);
  }

  /** Returns a descent of one step as long as the ball's radius. */
  static Descent across(Ball ball) {
    return within(ball, 1, 1, false);
  }

  /** Turns gradients into the directions to descend. */
  interface Direction {
    /** Goes down the gradient itself. */
    Direction STEEPEST = (row, gradient) -> {};

    /**
     * Changes a gradient in place.
     *
     * @param row of the whole batch, for state by sample
     */
    void turn(int row, float[] gradient);
  }

  /** Descends along the gradient. */
  boolean[] run(
      Victim victim,
      ActiveSamples active,
      AttackObjective objective,
      Batch clean,
      Tensor images,
      Run run) {
    return run(victim, active, objective, Direction.STEEPEST, clean, images, run);
  }

  /**
   * Descends.
   *
   * @param active which samples, those that left afterwards no longer among them
   * @param images of the whole batch, moved in place
   * @return which rows of the batch were seen to succeed and stopped there
   */
  boolean[] run(
      Victim victim,
      ActiveSamples active,
      AttackObjective objective,
      Direction direction,
      Batch clean,
      Tensor images,
      Run run) {
    boolean[] succeeded = new boolean[clean.size()];
    float[] image = new float[images.rowSize()];
    float[] center = new float[images.rowSize()];
    float[] gradient = new float[images.rowSize()];
    for (int step = 0; step < steps && !active.isEmpty(); step++) {
      run.checkCancelled();
      active.keepPaying(victim, 1, run);
      LossGradient found =
          victim.lossGradient(active.images(images), objective.loss(), objective.classes(active));
      active.keep(
          index -> {
            int predicted = found.logits().argmax(index);
            boolean success = active.succeeds(index, predicted);
            int row = active.row(index);
            if (success && stopAtSuccess) {
              succeeded[row] = true;
              return false;
            }
            found.gradient().readRow(index, gradient);
            boolean flat = isZero(gradient);
            direction.turn(row, gradient);
            images.readRow(row, image);
            if (predicted < 0 || !ball.norm().descend(image, gradient, size)) {
              return active.giveUp(index, Reason.NAN, run);
            }
            if (flat && isZero(gradient)) {
              return !success && active.giveUp(index, Reason.NO_GRADIENT, run);
            }
            clean.pixels().readRow(row, center);
            ball.project(image, center, clean.bounds(row));
            images.setRow(row, image);
            return true;
          });
    }
    return succeeded;
  }

  private static boolean isZero(float[] gradient) {
    for (float slope : gradient) {
      if (slope != 0) {
        return false;
      }
    }
    return true;
  }
}
