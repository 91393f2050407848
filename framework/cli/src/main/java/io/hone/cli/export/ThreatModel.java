package io.hone.cli.export;

import java.util.List;
import java.util.Locale;

/**
 * A leaderboard of RobustBench.
 *
 * @param dataset as RobustBench names it
 * @param norm of the ball, such as {@code linf}
 * @param epsilon radius of the ball
 * @param images how many test images are evaluated
 */
record ThreatModel(String dataset, String norm, double epsilon, long images) {
  /** Radii are compared with this slack: some are written with few digits. */
  private static final double SLACK = 1e-9;

  /** The leaderboards for adversarial examples, as of 2025. */
  static final List<ThreatModel> ALL =
      List.of(
          new ThreatModel("cifar10", "linf", 8 / 255.0, 10_000),
          new ThreatModel("cifar10", "l2", 0.5, 10_000),
          new ThreatModel("cifar100", "linf", 8 / 255.0, 10_000),
          new ThreatModel("imagenet", "linf", 4 / 255.0, 5_000));

  /** Returns the leaderboards of a data set. */
  static List<ThreatModel> of(String dataset) {
    return ALL.stream().filter(model -> model.dataset().equals(dataset)).toList();
  }

  /** Returns whether an attack stays in this ball. */
  boolean isBall(String otherNorm, double radius) {
    return norm.equals(otherNorm) && Math.abs(radius - epsilon) <= SLACK;
  }

  /** Returns the ball in words, such as {@code linf 8/255}. */
  String ball() {
    return norm + " " + radius(norm, epsilon);
  }

  /**
   * Returns a radius as leaderboards write it. Summaries hold the number that {@code 8/255} means:
   * a whole number of grey values that has no short decimal is written as the quotient again.
   */
  static String radius(String norm, double radius) {
    String decimal = Double.toString(radius);
    double greyValues = Math.rint(radius * 255);
    boolean isQuotient = norm.equals("linf") && decimal.length() > 10 && greyValues / 255 == radius;
    return isQuotient ? String.format(Locale.ROOT, "%.0f/255", greyValues) : decimal;
  }
}
