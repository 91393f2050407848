package io.hone.plugins.gradient.autopgd;

import io.hone.api.data.Tensor;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import java.util.Arrays;

/**
 * What all runs of a batch leave behind: each sample's success or, while there is none, its attempt
 * with the smallest loss; and why a sample without a success ended.
 */
final class Attempts {
  private final Tensor adversarial;
  private final boolean[] succeeded;
  private final boolean[] tried;
  private final double[] losses;
  private final boolean[] sloped;
  private final boolean[] broken;
  private final boolean[] calledFlat;

  /** Starts without an attempt; what is kept will be in the rows of {@code adversarial}. */
  Attempts(Tensor adversarial) {
    int rows = adversarial.rows();
    this.adversarial = adversarial;
    this.succeeded = new boolean[rows];
    this.tried = new boolean[rows];
    this.losses = new double[rows];
    this.sloped = new boolean[rows];
    this.broken = new boolean[rows];
    this.calledFlat = new boolean[rows];
    Arrays.fill(losses, Double.POSITIVE_INFINITY);
  }

  /** Keeps an image that meets the goal, in place of what was kept before. */
  void succeed(int row, float[] image) {
    succeeded[row] = true;
    adversarial.setRow(row, image);
  }

  /** Returns whether a row holds an image that meets the goal. */
  boolean hasSucceeded(int row) {
    return succeeded[row];
  }

  /** Keeps an image that does not meet the goal, if it is the first or has a smaller loss. */
  void fail(int row, float[] image, double loss) {
    if (!succeeded[row] && (!tried[row] || loss < losses[row])) {
      adversarial.setRow(row, image);
      tried[row] = true;
      losses[row] = loss;
    }
  }

  /** Remembers that a sample was told something that is not a number. */
  void breakOff(int row, long sample, Run run) {
    broken[row] = true;
    run.giveUp(sample, Reason.NAN);
  }

  /** Remembers that a run of a sample started where no direction leads down. */
  void endFlat(int row, long sample, Run run) {
    if (!sloped[row] && !broken[row]) {
      calledFlat[row] = true;
      run.giveUp(sample, Reason.NO_GRADIENT);
    }
  }

  /** Remembers that a sample has seen a direction that leads down. */
  void findSlope(int row, long sample, Run run) {
    sloped[row] = true;
    if (calledFlat[row] && !broken[row]) {
      calledFlat[row] = false;
      run.giveUp(sample, Reason.NOT_FOUND);
    }
  }
}
