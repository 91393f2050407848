package io.hone.plugins.gradient.autopgd;

import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import java.util.List;

/**
 * A part of a run with a ball of its own. In Linf and L2 a run is one stage. In L1 two stages in
 * larger balls come first: their best points are good starts in the smaller one (Croce and Hein
 * 2021).
 *
 * @param ball that the sample is kept in
 * @param iterations after the start
 * @param last whether it is the last stage, whose ball is that of the user: only there a success
 *     counts
 */
record Stage(Ball ball, int iterations, boolean last) {
  private static final double SHARE_OF_LARGER = 0.3;

  /** Returns the stages of a run, from the first to the last. */
  static List<Stage> of(Ball ball, int steps) {
    // A ball of one point leaves nothing to look for.
    int iterations = ball.radius() == 0 ? 0 : steps;
    if (ball.norm() != Norm.L1 || ball.radius() == 0) {
      return List.of(new Stage(ball, iterations, true));
    }
    int first = (int) Math.ceil(SHARE_OF_LARGER * iterations);
    int second = Math.min(first, iterations - first);
    return List.of(
        new Stage(new Ball(Norm.L1, 3 * ball.radius()), first, false),
        new Stage(new Ball(Norm.L1, 2 * ball.radius()), second, false),
        new Stage(ball, iterations - first - second, true));
  }

  /** Returns how often the model is asked in a run: once at the start of every stage, too. */
  static long looks(List<Stage> stages) {
    return stages.stream().mapToLong(stage -> stage.iterations() + 1L).sum();
  }
}
