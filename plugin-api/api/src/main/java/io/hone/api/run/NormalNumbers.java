package io.hone.api.run;

import io.hone.api.stability.Stability;
import java.util.random.RandomGenerator;

/**
 * Normally distributed numbers by Marsaglia's polar method, from strictly specified arithmetic: the
 * same on every JDK, which {@link RandomGenerator#nextGaussian()} does not promise.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class NormalNumbers {
  private final RandomGenerator random;
  private double spare = Double.NaN;

  /** Starts with what a random stream gives next. */
  public NormalNumbers(RandomGenerator random) {
    this.random = random;
  }

  /** Returns the next number, with mean 0 and standard deviation 1. */
  public double next() {
    if (!Double.isNaN(spare)) {
      double next = spare;
      spare = Double.NaN;
      return next;
    }
    double first;
    double second;
    double square;
    do {
      first = 2 * random.nextDouble() - 1;
      second = 2 * random.nextDouble() - 1;
      square = first * first + second * second;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spare = second * factor;
    return first * factor;
  }
}
