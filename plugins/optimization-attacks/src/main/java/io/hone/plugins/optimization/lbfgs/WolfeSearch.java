package io.hone.plugins.optimization.lbfgs;

/**
 * A line search that ends where the strong Wolfe conditions hold (More and Thuente 1994): asked and
 * told one point at a time.
 *
 * <p>Sufficient decrease 1e-3, curvature 0.9 and relative width 0.1 are those of L-BFGS-B.
 */
final class WolfeSearch {
  private static final double DECREASE = 1e-3;
  private static final double CURVATURE = 0.9;
  private static final double WIDTH = 0.1;
  private static final double SHRINKING = 0.66;
  private static final double GROWTH_LEAST = 1.1;
  private static final double GROWTH_MOST = 4;

  /** A place on the line. */
  private record Probe(double step, double value, double slope) {
    /** Returns what this is of the function less its promised decrease. */
    Probe less(double promised) {
      return new Probe(step, value - step * promised, slope - promised);
    }
  }

  private final Probe origin;
  private final double largest;
  private Probe best;
  private Probe other;
  private boolean bracketed;
  private boolean firstStage = true;
  private double width;
  private double widthBefore;
  private double low;
  private double high;
  private double step;
  private boolean done;

  /**
   * Starts a search.
   *
   * @param slope at the start, negative
   * @param first step to try
   * @param largest that a step may be
   */
  WolfeSearch(double value, double slope, double first, double largest) {
    this.origin = new Probe(0, value, slope);
    this.largest = largest;
    this.best = origin;
    this.other = origin;
    this.width = largest;
    this.widthBefore = 2 * largest;
    this.step = Math.min(first, largest);
    this.high = step + GROWTH_MOST * step;
  }

  /** Returns the step to evaluate, or that was accepted. */
  double step() {
    return step;
  }

  /** Returns whether the step told last is accepted. */
  boolean done() {
    return done;
  }

  /** Tells value and slope at {@link #step}. */
  void tell(double value, double slope) {
    Probe probe = new Probe(step, value, slope);
    double promised = DECREASE * origin.slope();
    double wanted = origin.value() + step * promised;
    boolean decreased = value <= wanted;
    if (firstStage && decreased && slope >= 0) {
      firstStage = false;
    }
    if (decreased && Math.abs(slope) <= -CURVATURE * origin.slope()
        || bracketed && (step <= low || step >= high || high - low <= WIDTH * high)
        || step == largest && decreased && slope <= promised
        || step == 0) {
      done = true;
      return;
    }
    if (firstStage && value <= best.value() && !decreased) {
      advance(probe, promised);
    } else {
      advance(probe, 0);
    }
    next();
  }

  /** Chooses the next step and what is kept of the bracket. */
  private void advance(Probe probe, double promised) {
    Probe p = probe.less(promised);
    Probe b = best.less(promised);
    double chosen = trial(b, other.less(promised), p);
    if (p.value() > b.value()) {
      other = probe;
    } else {
      if (p.slope() * b.slope() < 0) {
        other = best;
      }
      best = probe;
    }
    step = chosen;
  }

  private double trial(Probe b, Probe o, Probe p) {
    boolean turns = p.slope() * Math.signum(b.slope()) < 0;
    if (p.value() > b.value()) {
      bracketed = true;
      double cubic = Cubic.minimum(b.step(), b.value(), b.slope(), p.step(), p.value(), p.slope());
      double average = (b.value() - p.value()) / (p.step() - b.step()) + b.slope();
      double quadratic = b.step() + b.slope() / average / 2 * (p.step() - b.step());
      return Math.abs(cubic - b.step()) < Math.abs(quadratic - b.step())
          ? cubic
          : cubic + (quadratic - cubic) / 2;
    }
    double secant = p.step() + p.slope() / (p.slope() - b.slope()) * (b.step() - p.step());
    if (turns) {
      bracketed = true;
      double cubic = Cubic.minimum(p.step(), p.value(), p.slope(), b.step(), b.value(), b.slope());
      return Math.abs(cubic - p.step()) > Math.abs(secant - p.step()) ? cubic : secant;
    }
    if (Math.abs(p.slope()) < Math.abs(b.slope())) {
      return flattening(b, o, p, secant);
    }
    if (bracketed) {
      return Cubic.minimum(p.step(), p.value(), p.slope(), o.step(), o.value(), o.slope());
    }
    return p.step() > b.step() ? high : low;
  }

  private double flattening(Probe b, Probe o, Probe p, double secant) {
    double end = p.step() > b.step() ? high : low;
    double cubic =
        Cubic.minimumBeyond(b.step(), b.value(), b.slope(), p.step(), p.value(), p.slope(), end);
    boolean cubicNearer = Math.abs(cubic - p.step()) < Math.abs(secant - p.step());
    if (bracketed) {
      double chosen = cubicNearer ? cubic : secant;
      double limit = p.step() + SHRINKING * (o.step() - p.step());
      return p.step() > b.step() ? Math.min(limit, chosen) : Math.max(limit, chosen);
    }
    return Math.max(low, Math.min(high, cubicNearer ? secant : cubic));
  }

  private void next() {
    if (bracketed) {
      double now = Math.abs(other.step() - best.step());
      if (now >= SHRINKING * widthBefore) {
        step = best.step() + (other.step() - best.step()) / 2;
      }
      widthBefore = width;
      width = now;
      low = Math.min(best.step(), other.step());
      high = Math.max(best.step(), other.step());
    } else {
      low = step + GROWTH_LEAST * (step - best.step());
      high = step + GROWTH_MOST * (step - best.step());
    }
    step = Math.max(0, Math.min(largest, step));
    if (!Double.isFinite(step)
        || bracketed && (step <= low || step >= high || high - low <= WIDTH * high)) {
      step = best.step();
    }
  }
}
