package io.hone.plugins.optimization.cw;

import io.hone.plugins.optimization.cw.CarliniWagnerL0.Params;

/**
 * One sample's search: Adam on what may still change until an example is found, then what mattered
 * least is fixed to its clean value, and again from there.
 */
final class L0Search implements SampleSearch {
  /**
   * How far beyond the boundary the function pulls, so that an example survives the next fixing.
   */
  private static final double MARGIN = 0.01;

  private final Params parameters;
  private final float[] clean;
  private final Finding finding;
  private final VariableDescent descent;
  private final AllowedSet allowed;
  private double weight;
  private int iteration;

  L0Search(Params parameters, float[] clean, AllowedSet allowed, Finding finding) {
    this.parameters = parameters;
    this.clean = clean;
    this.allowed = allowed;
    this.finding = finding;
    this.weight = parameters.initialWeight();
    this.descent = new VariableDescent(clean.length);
    TanhSpace.enter(clean, descent.variable());
  }

  @Override
  public void writeImage(float[] image) {
    TanhSpace.leave(descent.variable(), image);
    allowed.fix(image, clean);
  }

  @Override
  public boolean found() {
    return finding.exists();
  }

  @Override
  public boolean observe(VictimAnswer evaluation) {
    if (evaluation.succeeds()) {
      finding.offer(evaluation.image(), allowed.changed(evaluation.image(), clean));
      if (evaluation.standing().margin() <= -MARGIN) {
        return shrink(evaluation);
      }
    }
    iteration++;
    if (iteration == parameters.iterations()) {
      iteration = 0;
      weight *= parameters.weightFactor();
    }
    return weight < parameters.largestWeight() && step(evaluation);
  }

  private boolean shrink(VictimAnswer evaluation) {
    iteration = 0;
    descent.forget();
    TanhSpace.enter(evaluation.image(), descent.variable());
    allowed.shrink(evaluation.image(), clean, evaluation.slope());
    return !allowed.isEmpty();
  }

  /** Moves the variable; returns false where the arithmetic overflowed. */
  private boolean step(VictimAnswer evaluation) {
    double factor = GoalFunction.F6.factor(evaluation.standing(), MARGIN, true);
    float[] gradient = evaluation.slope();
    BoxConstraint.CHANGE_OF_VARIABLES.gradient(
        descent.variable(), evaluation.image(), clean, (float) (weight * factor), gradient);
    allowed.mask(gradient);
    Optimiser.ADAM.step(descent, gradient, parameters.learningRate(), 0);
    return !Changes.hasNan(descent.variable());
  }
}
