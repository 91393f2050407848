package io.hone.host.component;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A size in pixel values of [0, 1] as users may write it: {@code 8/255} or {@code 8px}. */
public final class PixelSize {
  private static final String NUMBER = "[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+";
  private static final Pattern FRACTION =
      Pattern.compile("(" + NUMBER + ")\\s*/\\s*(" + NUMBER + ")");
  private static final Pattern GREY_VALUES = Pattern.compile("(" + NUMBER + ")\\s*px");
  private static final double LARGEST_GREY_VALUE = 255;

  private PixelSize() {}

  /** Returns the size that a text such as {@code 8px} means, or nothing if it means none. */
  public static OptionalDouble parse(String text) {
    String trimmed = text.strip();
    Matcher fraction = FRACTION.matcher(trimmed);
    if (fraction.matches()) {
      double divisor = Double.parseDouble(fraction.group(2));
      return divisor == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(Double.parseDouble(fraction.group(1)) / divisor);
    }
    Matcher greyValues = GREY_VALUES.matcher(trimmed);
    return greyValues.matches()
        ? OptionalDouble.of(Double.parseDouble(greyValues.group(1)) / LARGEST_GREY_VALUE)
        : OptionalDouble.empty();
  }
}
