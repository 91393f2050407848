package io.hone.plugins.optimization.lbfgs;

/**
 * L-BFGS-B: finds a local minimum of a smooth function in a box (Byrd, Lu, Nocedal and Zhu 1995,
 * with the subspace step of Morales and Nocedal 2011).
 *
 * <p>It asks for a point and is told the value and gradient there, so that many of them can have
 * their points evaluated together. In double arithmetic; one thread at a time.
 */
final class BoundedMinimizer {
  /** Points that one line search may ask for, as in L-BFGS-B. */
  private static final int LINE_POINTS = 20;

  private static final double EPSILON = Math.ulp(1.0);
  private static final double LONGEST = 1e10;

  /**
   * When to stop.
   *
   * @param memory how many steps are remembered
   * @param iterations most steps to take
   * @param decrease relative decrease of a step below which the function counts as flat
   * @param slope largest projected gradient of a minimum
   */
  record Settings(int memory, int iterations, double decrease, double slope) {
    /** What SciPy takes. */
    static final Settings USUAL = new Settings(10, 15_000, 1e7 * EPSILON, 1e-5);
  }

  private final Bounds bounds;
  private final Settings settings;
  private final CurvatureMemory memory;
  private double[] point;
  private double[] gradient;
  private double value;
  private double[] direction;
  private double[] asked;
  private WolfeSearch line;
  private int linePoints;
  private int iterations;
  private boolean running = true;

  /** Starts at a point, which is brought into the box. */
  BoundedMinimizer(double[] start, Bounds bounds, Settings settings) {
    this.bounds = bounds;
    this.settings = settings;
    this.memory = new CurvatureMemory(start.length, settings.memory());
    restart(start);
  }

  /** Starts anew at a point, on another function, in the same memory. */
  void restart(double[] start) {
    memory.clear();
    point = start.clone();
    for (int variable = 0; variable < point.length; variable++) {
      point[variable] = bounds.clip(variable, point[variable]);
    }
    asked = point;
    gradient = null;
    line = null;
    iterations = 0;
    running = true;
  }

  /** Returns whether {@link #asked} waits for its value. */
  boolean running() {
    return running;
  }

  /** Returns the point to evaluate; not to be written to. */
  double[] asked() {
    return asked;
  }

  /** Returns the best point so far; not to be written to. */
  double[] point() {
    return point;
  }

  /** Returns the value of the best point so far. */
  double value() {
    return value;
  }

  int iterations() {
    return iterations;
  }

  /**
   * Tells what was asked.
   *
   * @param newValue finite
   * @param newGradient finite; belongs to the minimiser afterwards
   */
  void tell(double newValue, double[] newGradient) {
    if (gradient == null) {
      value = newValue;
      gradient = newGradient;
      if (bounds.projectedGradient(point, gradient) <= settings.slope()) {
        running = false;
      } else {
        step();
      }
      return;
    }
    line.tell(newValue, CurvatureMemory.dot(newGradient, direction));
    linePoints++;
    if (line.done() && newValue <= value) {
      accept(newValue, newGradient);
    } else if (line.done() || linePoints >= LINE_POINTS || line.step() == 0) {
      forgetAndStep();
    } else {
      ask();
    }
  }

  private void accept(double newValue, double[] newGradient) {
    double[] moved = new double[point.length];
    double[] changed = new double[point.length];
    for (int variable = 0; variable < point.length; variable++) {
      moved[variable] = asked[variable] - point[variable];
      changed[variable] = newGradient[variable] - gradient[variable];
    }
    double product = CurvatureMemory.dot(moved, changed);
    double expected = -CurvatureMemory.dot(gradient, moved);
    double fall = value - newValue;
    double scale = Math.max(1, Math.max(Math.abs(value), Math.abs(newValue)));
    point = asked;
    value = newValue;
    gradient = newGradient;
    iterations++;
    if (bounds.projectedGradient(point, gradient) <= settings.slope()
        || fall <= settings.decrease() * scale
        || iterations >= settings.iterations()) {
      running = false;
      return;
    }
    // A pair without curvature would make the model indefinite.
    if (product > EPSILON * expected && product > 0) {
      memory.add(moved, changed, product);
    }
    step();
  }

  /** Tries once more without memory; without any, there is nothing left to try. */
  private void forgetAndStep() {
    if (memory.isEmpty()) {
      running = false;
    } else {
      memory.clear();
      step();
    }
  }

  /** Chooses a direction from the point and asks for the first point along it. */
  private void step() {
    double slope = chooseDirection();
    if (!(slope < 0) && !memory.isEmpty()) {
      memory.clear();
      slope = chooseDirection();
    }
    if (!(slope < 0)) {
      running = false;
      return;
    }
    double most = bounds.largestMultiple(point, direction, LONGEST);
    double first = 1;
    if (iterations == 0 && bounds.areFinite()) {
      most = 1;
    } else if (iterations == 0) {
      // Nothing is known yet of how far to go.
      first = Math.min(1, 1 / Math.sqrt(CurvatureMemory.dot(direction, direction)));
    }
    line = new WolfeSearch(value, slope, first, most);
    linePoints = 0;
    ask();
  }

  /** Returns the slope along the direction. */
  private double chooseDirection() {
    CauchyPoint cauchy = CauchyPoint.of(point, gradient, bounds, memory);
    double[] minimum =
        memory.isEmpty()
            ? cauchy.point()
            : new SubspaceMinimum(point, gradient, bounds, memory).beyond(cauchy);
    direction = new double[point.length];
    for (int variable = 0; variable < point.length; variable++) {
      direction[variable] = minimum[variable] - point[variable];
    }
    return CurvatureMemory.dot(gradient, direction);
  }

  private void ask() {
    asked = new double[point.length];
    for (int variable = 0; variable < asked.length; variable++) {
      double moved = point[variable] + line.step() * direction[variable];
      asked[variable] = bounds.clip(variable, moved);
    }
  }
}
