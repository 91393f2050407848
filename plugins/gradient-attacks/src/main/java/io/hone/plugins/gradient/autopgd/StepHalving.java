package io.hone.plugins.gradient.autopgd;

/**
 * The step size of one sample in Linf and L2: halved at a checkpoint where the loss has fallen too
 * rarely, or where the last period found nothing better (Croce and Hein 2020, conditions 1 and 2).
 */
final class StepHalving {
  private static final double ENOUGH = 0.75;

  private final Checkpoints checkpoints;
  private double size;
  private int passed;
  private int falls;
  private double lastLoss;
  private double bestLoss;
  private double bestAtCheckpoint;
  private boolean halved;

  /**
   * Starts.
   *
   * @param size of the first steps
   * @param loss at the start
   */
  StepHalving(Checkpoints checkpoints, double size, double loss) {
    this.checkpoints = checkpoints;
    this.size = size;
    this.lastLoss = loss;
    this.bestLoss = loss;
    this.bestAtCheckpoint = loss;
    // Nothing was looked at before the first checkpoint, so the second condition waits for it.
    this.halved = true;
  }

  /** Returns the size of the next step. */
  double size() {
    return size;
  }

  /**
   * Takes the loss after an iteration.
   *
   * @param iteration counted from 1
   * @return whether the sample goes back to its best point, to go on from there with half the step
   */
  boolean takesBack(int iteration, double loss) {
    falls += loss < lastLoss ? 1 : 0;
    lastLoss = loss;
    bestLoss = Math.min(bestLoss, loss);
    boolean due =
        passed < checkpoints.iterations().size()
            && checkpoints.iterations().get(passed) == iteration;
    return due && halves();
  }

  private boolean halves() {
    int before = passed == 0 ? 0 : checkpoints.iterations().get(passed - 1);
    int period = checkpoints.iterations().get(passed) - before;
    boolean rarely = falls <= ENOUGH * period;
    boolean nothingBetter = !halved && bestLoss >= bestAtCheckpoint;
    halved = rarely || nothingBetter;
    passed++;
    falls = 0;
    bestAtCheckpoint = bestLoss;
    if (halved) {
      size /= 2;
    }
    return halved;
  }
}
