package io.hone.plugins.optimization.cw;

import java.util.Arrays;

/** One sample's variable and what its optimiser remembers. */
final class VariableDescent {
  private final float[] variable;
  private final float[] first;
  private final float[] second;
  private double meanDecay;
  private double squareDecay;

  VariableDescent(int features) {
    variable = new float[features];
    first = new float[features];
    second = new float[features];
    forget();
  }

  /** Returns the variable, to be read and written. */
  float[] variable() {
    return variable;
  }

  /** Returns the velocity, or Adam's mean of gradients. */
  float[] first() {
    return first;
  }

  /** Returns Adam's mean of squared gradients. */
  float[] second() {
    return second;
  }

  /** Returns the weight that the mean's start still has. */
  double meanDecay() {
    return meanDecay;
  }

  /** Returns the weight that the start of the mean of squares still has. */
  double squareDecay() {
    return squareDecay;
  }

  void countAdamStep() {
    meanDecay *= 0.9;
    squareDecay *= 0.999;
  }

  /** Lets the optimiser start anew. */
  void forget() {
    Arrays.fill(first, 0);
    Arrays.fill(second, 0);
    meanDecay = 1;
    squareDecay = 1;
  }
}
