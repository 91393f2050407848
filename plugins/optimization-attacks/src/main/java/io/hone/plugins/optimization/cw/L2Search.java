package io.hone.plugins.optimization.cw;

import io.hone.api.geometry.Pixels;
import io.hone.plugins.optimization.cw.CarliniWagnerL2.Params;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One sample's search: for each weight c and each starting point, so many steps downhill. */
final class L2Search implements SampleSearch {
  /** How often in a descent its progress is checked. */
  private static final int CHECKS = 10;

  /** What the objective must lose from check to check, relative to itself. */
  private static final double PROGRESS = 1e-4;

  private final Params parameters;
  private final boolean targeted;
  private final float[] clean;
  private final Finding finding;
  private final Supplier<RandomGenerator> randomSource;
  private final ConstantSearch weights;
  private final VariableDescent descent;
  private RandomGenerator random;
  private int start;
  private int iteration;
  private double lastChecked;
  private boolean succeeded;

  /**
   * Creates the search.
   *
   * @param clean the sample's clean image
   * @param randomSource is asked once, by the first starting point that is drawn
   */
  L2Search(
      Params parameters,
      boolean targeted,
      float[] clean,
      Finding finding,
      Supplier<RandomGenerator> randomSource) {
    this.parameters = parameters;
    this.targeted = targeted;
    this.clean = clean;
    this.finding = finding;
    this.randomSource = randomSource;
    this.weights = new ConstantSearch(parameters.initialWeight(), parameters.searchSteps());
    this.descent = new VariableDescent(clean.length);
    begin();
  }

  @Override
  public void writeImage(float[] image) {
    parameters.box().leave(descent.variable(), image);
  }

  @Override
  public boolean found() {
    return finding.exists();
  }

  @Override
  public boolean observe(VictimAnswer evaluation) {
    Standing standing = evaluation.standing();
    if (evaluation.succeeds() && standing.margin() <= -parameters.confidence()) {
      succeeded = true;
      finding.offer(evaluation.image(), Changes.squared(evaluation.image(), clean));
    }
    boolean stuck = isCheck() && !progresses(evaluation);
    iteration++;
    if (stuck || iteration == parameters.iterations() || !step(evaluation)) {
      return nextDescent();
    }
    return true;
  }

  private boolean isCheck() {
    int interval = (parameters.iterations() + CHECKS - 1) / CHECKS;
    return parameters.abort() && iteration % interval == 0;
  }

  private boolean progresses(VictimAnswer evaluation) {
    double distance =
        parameters.box().objectiveDistance(descent.variable(), evaluation.image(), clean);
    double value = parameters.function().value(evaluation.standing(), parameters.confidence());
    double objective = distance + weights.weight() * value;
    boolean first = lastChecked == Double.POSITIVE_INFINITY;
    boolean progress = first || objective <= lastChecked - PROGRESS * Math.abs(lastChecked);
    lastChecked = objective;
    return progress;
  }

  /** Moves the variable; returns false where the arithmetic overflowed. */
  private boolean step(VictimAnswer evaluation) {
    double factor =
        parameters.function().factor(evaluation.standing(), parameters.confidence(), targeted);
    float[] gradient = evaluation.slope();
    parameters
        .box()
        .gradient(
            descent.variable(),
            evaluation.image(),
            clean,
            (float) (weights.weight() * factor),
            gradient);
    parameters
        .optimiser()
        .step(descent, gradient, parameters.learningRate(), parameters.momentum());
    parameters.box().confine(descent.variable());
    return !Changes.hasNan(descent.variable());
  }

  private boolean nextDescent() {
    start++;
    if (start == parameters.starts()) {
      if (!weights.advance(succeeded)) {
        return false;
      }
      start = 0;
      succeeded = false;
    }
    begin();
    return true;
  }

  private void begin() {
    iteration = 0;
    lastChecked = Double.POSITIVE_INFINITY;
    descent.forget();
    parameters.box().enter(start == 0 ? clean : startingPoint(), descent.variable());
  }

  /** Draws a point about as far from the clean image as the best example is. */
  private float[] startingPoint() {
    if (random == null) {
      random = randomSource.get();
    }
    double radius = found() ? Math.sqrt(finding.distance()) : parameters.startRadius();
    double halfSide = radius * Math.sqrt(3.0 / clean.length);
    float[] point = new float[clean.length];
    for (int feature = 0; feature < point.length; feature++) {
      double moved = clean[feature] + (2 * random.nextDouble() - 1) * halfSide;
      point[feature] = (float) Pixels.clip(moved);
    }
    return point;
  }
}
