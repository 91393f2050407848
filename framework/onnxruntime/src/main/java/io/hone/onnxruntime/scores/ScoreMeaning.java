package io.hone.onnxruntime.scores;

import io.hone.api.data.Tensor;
import java.util.Optional;

/** What the numbers of a classifier's output mean. */
public enum ScoreMeaning {
  /** Any numbers; the largest names the class, and one number per image its second of two. */
  LOGITS,
  /**
   * Probabilities of classes that exclude each other, or a multiple of them, such as percentages;
   * one number is the second of two.
   */
  PROBABILITIES,
  /** A probability for each class by itself, as of several labels; they need not sum to 1. */
  INDEPENDENT,
  /** Logarithms of probabilities that sum to 1. */
  LOG_PROBABILITIES,
  /** The same with the opposite sign, as of a loss for each class: the smallest names the class. */
  NEGATIVE_LOG_PROBABILITIES;

  /** How far rounding takes a value out of [0, 1]. */
  static final double EDGE = 1e-5;

  /** How far from 1 the probabilities of an image may sum to, quantised ones included. */
  private static final double SUM = 1e-2;

  /** The negative logarithm of a probability that leaves next to nothing to other classes. */
  private static final double CERTAIN = 0.05;

  /**
   * Tells what a file's answers to several images look like.
   *
   * @param answers {@code [N, K]}, or one column where one number tells two classes
   * @return empty where no row consists of numbers
   */
  static Optional<ScoreMeaning> byValue(Tensor answers) {
    boolean any = false;
    boolean shares = true;
    boolean sums = true;
    boolean logarithms = true;
    boolean negative = true;
    boolean undecided = true;
    double whole = Double.NaN;
    boolean multiples = answers.rows() > 1;
    for (int row = 0; row < answers.rows(); row++) {
      float[] scores = answers.row(row);
      double sum = 0;
      double exponentials = 0;
      double negated = 0;
      boolean number = true;
      boolean within = true;
      boolean below = true;
      float lowest = Float.POSITIVE_INFINITY;
      for (float score : scores) {
        number &= !Float.isNaN(score);
        within &= score >= -EDGE && score <= 1 + EDGE;
        below &= score <= EDGE;
        lowest = Math.min(lowest, score);
        sum += score;
        exponentials += Math.exp(score);
        negated += Math.exp(-score);
      }
      if (number) {
        any = true;
        shares &= within;
        sums &= Math.abs(sum - 1) <= SUM;
        logarithms &= below && Math.abs(exponentials - 1) <= SUM;
        negative &= lowest >= -EDGE && Math.abs(negated - 1) <= SUM;
        undecided &= lowest <= CERTAIN;
        whole = Double.isNaN(whole) ? sum : whole;
        multiples &= lowest >= -EDGE * whole && Math.abs(sum - whole) <= SUM * whole;
      }
    }
    if (!any) {
      return Optional.empty();
    }
    // Two rectified logits of a certain model look alike: 0 and a large number.
    if (negative && (!undecided || answers.rowSize() > 2)) {
      return Optional.of(NEGATIVE_LOG_PROBABILITIES);
    }
    if (shares) {
      return Optional.of(sums || answers.rowSize() == 1 ? PROBABILITIES : INDEPENDENT);
    }
    if (answers.rowSize() == 1) {
      return Optional.of(LOGITS);
    }
    return Optional.of(logarithms ? LOG_PROBABILITIES : multiples ? PROBABILITIES : LOGITS);
  }
}
