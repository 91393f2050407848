package io.hone.scenario.binding;

import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlScalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as people write them, and how to write them here: in decimal, without quotes, and whole
 * numbers by their digits alone.
 */
final class WrittenNumber {
  private static final String DECIMAL =
      "[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?";
  private static final Pattern OTHER_BASE =
      Pattern.compile("([-+]?)0(?:x([0-9a-f]+)|o([0-7]+)|b([01]+))");
  private static final Pattern LEADING_ZERO = Pattern.compile("([-+]?)0+(0|[1-9][0-9]*)");
  private static final Pattern GROUPED =
      Pattern.compile("[-+]?[0-9]+(?:[_' ][0-9]+)+(?:\\.[0-9]*)?");
  private static final Pattern COMMA = Pattern.compile("[-+]?[0-9]*,[0-9]+");

  private static final int MOST_DIGITS = 20;

  private WrittenNumber() {}

  /**
   * Returns how to write the number that seems to be meant.
   *
   * @param whole whether a whole number is wanted
   */
  static Optional<String> advice(YamlScalar scalar, boolean whole) {
    String text = scalar.text();
    if (scalar.value() instanceof Double number) {
      return number.isNaN() || number.isInfinite()
          ? Optional.of("it must be finite")
          : whole(number, whole);
    }
    if (!(scalar.value() instanceof String)) {
      return Optional.empty();
    }
    Matcher otherBase = OTHER_BASE.matcher(text.toLowerCase(Locale.ROOT));
    if (otherBase.matches()) {
      return Optional.of("numbers are written in decimal: " + decimal(otherBase));
    }
    Matcher leadingZero = LEADING_ZERO.matcher(text);
    if (leadingZero.matches()) {
      return Optional.of("write it without leading zeros: " + leadingZero.replaceAll("$1$2"));
    }
    if (text.matches(DECIMAL)) {
      return Optional.of("its quotes make it text; remove the quotes: " + text);
    }
    if (GROUPED.matcher(text).matches()) {
      return Optional.of("write the digits without separators: " + text.replaceAll("[_' ]", ""));
    }
    return COMMA.matcher(text).matches()
        ? Optional.of("write a decimal point: " + text.replace(',', '.'))
        : Optional.empty();
  }

  /** Returns what to do where only quotes keep a text from being true or false. */
  static List<String> quotedBoolean(YamlNode node) {
    return node.plain() instanceof String text && (text.equals("true") || text.equals("false"))
        ? List.of("its quotes make it text; remove the quotes: " + text)
        : List.of();
  }

  private static Optional<String> whole(double number, boolean whole) {
    BigDecimal exact = new BigDecimal(number).stripTrailingZeros();
    return whole && exact.scale() <= 0 && exact.precision() - exact.scale() <= MOST_DIGITS
        ? Optional.of("write its digits alone: " + exact.toPlainString())
        : Optional.empty();
  }

  private static String decimal(Matcher number) {
    int[] bases = {16, 8, 2};
    for (int group = 0; group < bases.length; group++) {
      String digits = number.group(group + 2);
      if (digits != null) {
        String sign = number.group(1).equals("-") ? "-" : "";
        return sign + new BigInteger(digits, bases[group]);
      }
    }
    throw new IllegalStateException("no digits in " + number);
  }
}
