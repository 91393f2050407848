package io.hone.scenario.binding;

import io.hone.host.component.ParameterDescriptor;
import io.hone.host.component.PixelSize;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlScalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The types of number that parameters have. */
enum NumberType {
  INT,
  LONG,
  FLOAT,
  DOUBLE;

  /** Returns the number type of a class, or null if it is none. */
  static @Nullable NumberType of(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return INT;
    }
    if (type == long.class || type == Long.class) {
      return LONG;
    }
    if (type == float.class || type == Float.class) {
      return FLOAT;
    }
    return type == double.class || type == Double.class ? DOUBLE : null;
  }

  private boolean isWhole() {
    return this == INT || this == LONG;
  }

  /** Returns the number, or nothing if it is none, does not fit the type or is out of range. */
  Optional<Bound<?>> read(YamlScalar scalar, ParameterDescriptor parameter) {
    return isWhole() ? whole(scalar, parameter) : fraction(scalar, parameter);
  }

  private Optional<Bound<?>> whole(YamlScalar scalar, ParameterDescriptor parameter) {
    // A number beyond long is a BigInteger, which no parameter can hold.
    if (!(scalar.value() instanceof Integer) && !(scalar.value() instanceof Long)) {
      return Optional.empty();
    }
    long value = ((Number) scalar.value()).longValue();
    if (value < parameter.min() || value > parameter.max() || this == INT && value != (int) value) {
      return Optional.empty();
    }
    Object boxed = this == INT ? (Object) (int) value : (Object) value;
    return Optional.of(new Bound<>(boxed, boxed));
  }

  private Optional<Bound<?>> fraction(YamlScalar scalar, ParameterDescriptor parameter) {
    OptionalDouble written = written(scalar, parameter);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    double value = written.getAsDouble();
    if (!(value >= parameter.min() && value <= parameter.max())
        || Double.isInfinite(value) && !mayBeInfinite(parameter)) {
      return Optional.empty();
    }
    if (this == DOUBLE) {
      return Optional.of(new Bound<>(value, value));
    }
    // By way of double a decimal could be rounded twice.
    float nearest =
        scalar.value() instanceof Double && Double.isFinite(value)
            ? Float.parseFloat(scalar.text())
            : (float) value;
    float narrow = parameter.unit().isPixelSize() ? notAbove(nearest, value) : nearest;
    return Float.isInfinite(narrow) && Double.isFinite(value)
        ? Optional.empty()
        : Optional.of(new Bound<>(narrow, value));
  }

  /**
   * Returns a float whose shortest decimal is no larger in size than what was written: 0.2 is
   * written 0.2 as a float too, but the float nearest to 8/255 would be written 0.03137255, which
   * is more. Balls are as large as that decimal.
   */
  private static float notAbove(float nearest, double written) {
    boolean above = Math.abs(decimal(nearest)) > Math.abs(written);
    return above && Double.isFinite(written) ? Math.nextAfter(nearest, 0) : nearest;
  }

  private static double decimal(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  private static OptionalDouble written(YamlScalar scalar, ParameterDescriptor parameter) {
    if (scalar.value() instanceof Number number) {
      return OptionalDouble.of(number.doubleValue());
    }
    return scalar.value() instanceof String text && parameter.unit().isPixelSize()
        ? PixelSize.parse(text)
        : OptionalDouble.empty();
  }

  /** A component takes infinity where it says so itself, by a default that is infinite. */
  private static boolean mayBeInfinite(ParameterDescriptor parameter) {
    return parameter.def().filter(def -> def.toLowerCase(Locale.ROOT).contains(".inf")).isPresent();
  }

  /** Returns how what was written instead becomes such a number, where that can be guessed. */
  Optional<String> advice(YamlScalar scalar) {
    return WrittenNumber.advice(scalar, isWhole());
  }

  /** Returns what is expected, such as {@code a whole number from 1 to 9}. */
  String expected(ParameterDescriptor parameter, YamlNode instead) {
    String pixel = parameter.unit().isPixelSize() ? ", such as 0.03, 8/255 or 8px" : "";
    double min = parameter.min();
    double max = parameter.max();
    if (this == INT && isBeyondInt(instead)) {
      min = Math.max(min, Integer.MIN_VALUE);
      max = Math.min(max, Integer.MAX_VALUE);
    }
    return kind(min, max) + range(min, max) + pixel;
  }

  private static boolean isBeyondInt(YamlNode node) {
    return node.plain() instanceof BigInteger
        || node.plain() instanceof Long value && value != value.intValue();
  }

  private String kind(double min, double max) {
    boolean bounded = Double.isFinite(min) || Double.isFinite(max);
    return switch (this) {
      case INT -> "a whole number";
      case LONG -> bounded ? "a whole number" : "a whole number of 64 bits";
      case FLOAT, DOUBLE -> bounded ? "a number" : "a finite number";
    };
  }

  private static String range(double min, double max) {
    if (Double.isFinite(min) && Double.isFinite(max)) {
      return " from " + digits(min) + " to " + digits(max);
    }
    if (Double.isFinite(min)) {
      return " of at least " + digits(min);
    }
    return Double.isFinite(max) ? " of at most " + digits(max) : "";
  }

  private static String digits(double bound) {
    BigDecimal exact = BigDecimal.valueOf(bound).stripTrailingZeros();
    return Math.abs(exact.scale()) < 12 && exact.precision() < 16
        ? exact.toPlainString()
        : exact.toString();
  }
}
