package io.hone.plugins.gradient.autopgd;

import io.hone.api.geometry.Bounds;

/** The walk in L1: the steepest features move, all by the same amount (Croce and Hein 2021). */
final class SparseWalk extends Walk {
  private SparseStep step = new SparseStep(0, 0, 1, 0);

  SparseWalk(float[] center, Bounds bounds, Stage first, float[] scratch) {
    super(center, bounds, first, scratch);
  }

  @Override
  void begin(Stage entered, double loss) {
    step =
        new SparseStep(
            entered.ball().radius(), entered.iterations(), image.length, changedByBest());
  }

  @Override
  boolean takesBack(int finished, double loss) {
    return step.isDue(finished) && step.takesBack(changedByBest());
  }

  @Override
  boolean move(float[] gradient) {
    float threshold = step.threshold(gradient, scratch);
    if (Float.isNaN(threshold)) {
      return false;
    }
    int moving = 0;
    for (float slope : gradient) {
      moving += slope != 0 && Math.abs(slope) >= threshold ? 1 : 0;
    }
    if (moving == 0) {
      return true;
    }
    float size = (float) (step.size() / moving);
    for (int feature = 0; feature < image.length; feature++) {
      if (Math.abs(gradient[feature]) >= threshold) {
        image[feature] -= Math.signum(gradient[feature]) * size;
      }
    }
    project(image, ball());
    return true;
  }
}
