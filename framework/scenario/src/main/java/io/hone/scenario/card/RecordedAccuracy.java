package io.hone.scenario.card;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The accuracy on test images that a card records of its model's training.
 *
 * @param key where it is, below {@code training}
 * @param value as it is written
 */
public record RecordedAccuracy(String key, Object value) {
  private static final String KEY = "test_accuracy";
  private static final String FIGURES = "figures";
  private static final int PERCENT = 100;

  /** Returns what a card's training records; Hone's own trainers keep it among their figures. */
  public static Optional<RecordedAccuracy> of(Map<String, Object> training) {
    if (training.get(KEY) != null) {
      return Optional.of(new RecordedAccuracy(KEY, training.get(KEY)));
    }
    return training.get(FIGURES) instanceof Map<?, ?> figures && figures.get(KEY) != null
        ? Optional.of(new RecordedAccuracy(FIGURES + "." + KEY, figures.get(KEY)))
        : Optional.empty();
  }

  /** Returns whether the value is a number from 0 to 1. */
  public boolean isShare() {
    return share().isPresent();
  }

  /** Returns the value, if it is a number from 0 to 1. */
  public OptionalDouble share() {
    return value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  /** Returns what to write instead. */
  String hint() {
    return value instanceof Number number
            && number.doubleValue() > 1
            && number.doubleValue() <= PERCENT
        ? "if it is a percentage, write "
            + new BigDecimal(value.toString()).movePointLeft(2).toPlainString()
        : "write a share such as 0.93, or leave it out";
  }
}
