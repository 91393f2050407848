package io.hone.plugins.optimization.cw;

import io.hone.plugins.optimization.cw.CarliniWagnerLinf.Params;

/**
 * One sample's search: for a falling bound tau on the change, Adam with a growing weight c, from
 * where the last bound was met.
 */
final class LinfSearch implements SampleSearch {
  /** Below this, changes vanish on an 8-bit grid. */
  private static final double SMALLEST_TAU = 1.0 / 256;

  private final Params parameters;
  private final float[] clean;
  private final Finding finding;
  private final VariableDescent descent;
  private double weight;
  private double tau = 1;
  private int iteration;

  LinfSearch(Params parameters, float[] clean, Finding finding) {
    this.parameters = parameters;
    this.clean = clean;
    this.finding = finding;
    this.weight = parameters.initialWeight();
    this.descent = new VariableDescent(clean.length);
    TanhSpace.enter(clean, descent.variable());
  }

  @Override
  public void writeImage(float[] image) {
    TanhSpace.leave(descent.variable(), image);
  }

  @Override
  public boolean found() {
    return finding.exists();
  }

  @Override
  public boolean observe(VictimAnswer evaluation) {
    if (evaluation.succeeds()) {
      double largest = Changes.largest(evaluation.image(), clean);
      finding.offer(evaluation.image(), largest);
      if (largest <= tau) {
        return tighten(evaluation.image(), largest);
      }
    }
    iteration++;
    if (iteration == parameters.iterations()) {
      iteration = 0;
      weight *= parameters.weightFactor();
    }
    return weight < parameters.largestWeight() && step(evaluation);
  }

  private boolean tighten(float[] image, double largest) {
    tau = largest * parameters.decrease();
    iteration = 0;
    descent.forget();
    TanhSpace.enter(image, descent.variable());
    return tau > SMALLEST_TAU;
  }

  /** Moves the variable; returns false where the arithmetic overflowed. */
  private boolean step(VictimAnswer evaluation) {
    float[] image = evaluation.image();
    float[] gradient = evaluation.slope();
    float factor = (float) (weight * GoalFunction.F6.factor(evaluation.standing(), 0, true));
    float bound = (float) tau;
    for (int feature = 0; feature < image.length; feature++) {
      float change = image[feature] - clean[feature];
      float beyond = Math.abs(change) > bound ? Math.signum(change) : 0;
      gradient[feature] = factor * gradient[feature] + beyond;
    }
    TanhSpace.pullBack(descent.variable(), gradient);
    Optimiser.ADAM.step(descent, gradient, parameters.learningRate(), 0);
    return !Changes.hasNan(descent.variable());
  }
}
