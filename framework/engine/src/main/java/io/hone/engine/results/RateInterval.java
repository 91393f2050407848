package io.hone.engine.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.OptionalDouble;

/**
 * A rate with its 95 % interval.
 *
 * @param n over how many samples the rate is
 * @param count how many of them are in favour
 * @param low lower bound, within [0, 1]
 * @param high upper bound, within [0, 1]
 */
public record RateInterval(long n, long count, double low, double high) {
  /** Returns the rate itself. */
  @JsonIgnore
  public double rate() {
    return count / (double) n;
  }

  /** Returns what a part of {@link io.hone.host.figure.FigurePath#PARTS} names. */
  OptionalDouble part(String name) {
    return switch (name) {
      case "n" -> OptionalDouble.of(n);
      case "count" -> OptionalDouble.of(count);
      case "low" -> OptionalDouble.of(low);
      case "high" -> OptionalDouble.of(high);
      default -> OptionalDouble.empty();
    };
  }
}
