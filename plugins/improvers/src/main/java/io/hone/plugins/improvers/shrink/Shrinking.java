package io.hone.plugins.improvers.shrink;

import io.hone.api.data.Tensor;
import io.hone.plugins.improvers.search.Answers;
import io.hone.plugins.improvers.search.Questions;
import io.hone.plugins.improvers.search.Search;

/**
 * How far {@link Shrink} is with one sample.
 *
 * <p>All arithmetic is done in double on changes from the clean image; no change ever passes the
 * one received, so no distance of any norm can grow.
 */
final class Shrinking implements Search {
  private static final double LARGEST_STEP = 0.5;

  private final Shrink.Params parameters;
  private final Tensor clean;
  private final Tensor adversarial;
  private final int row;
  private final Tensor received;
  private final double[] limits;
  private final double[] direction;
  private boolean aimed;
  private double step = LARGEST_STEP;
  private double length;

  Shrinking(Shrink.Params parameters, Tensor clean, Tensor adversarial, int row) {
    this.parameters = parameters;
    this.clean = clean;
    this.adversarial = adversarial;
    this.row = row;
    received = adversarial.select(row);
    limits = changes();
    direction = new double[limits.length];
    length = Vectors.length(limits);
  }

  private double[] changes() {
    double[] changes = new double[clean.rowSize()];
    for (int feature = 0; feature < changes.length; feature++) {
      changes[feature] = (double) adversarial.get(row, feature) - clean.get(row, feature);
    }
    return changes;
  }

  @Override
  public boolean wantsGradients() {
    return !aimed && length > 0 && parameters.pull() > 0;
  }

  @Override
  public void learn(float[][] gradients) {
    double[] slope = new double[limits.length];
    for (int feature = 0; feature < slope.length; feature++) {
      // what raises the margin is where the loss falls; only toward the example may it be followed
      double rise = -gradients[0][feature];
      slope[feature] = rise * limits[feature] > 0 ? rise : 0;
    }
    aim(slope, parameters.pull());
  }

  private void aim(double[] slope, double pull) {
    double[] changes = changes();
    double steepness = Vectors.length(slope);
    boolean usable = steepness > 0 && steepness < Double.POSITIVE_INFINITY;
    for (int feature = 0; feature < direction.length; feature++) {
      direction[feature] = (1 - pull) * changes[feature] / length;
      direction[feature] += usable ? pull * slope[feature] / steepness : 0;
    }
    aimed = true;
  }

  @Override
  public void ask(Questions questions) {
    if (length == 0 || step < parameters.tolerance()) {
      return;
    }
    if (!aimed) {
      aim(new double[limits.length], 0);
    }
    double factor = Vectors.factor(direction, limits, length * (1 - step));
    int question = questions.add(received, 0);
    for (int feature = 0; feature < limits.length; feature++) {
      double change = factor * direction[feature];
      if (Math.abs(change) < Math.abs(limits[feature])) {
        questions.set(question, feature, (float) (clean.get(row, feature) + change));
      }
    }
  }

  @Override
  public void answer(Answers answers) {
    if (answers.kept(0)) {
      answers.copyTo(adversarial, row, 0);
      double before = length;
      length = Vectors.length(changes());
      // a change too small for a float rounds back to what it was: then no step helps any more
      step = length < before ? Math.min(2 * step, LARGEST_STEP) : 0;
      aimed = false;
    } else {
      step /= 2;
    }
  }
}
