package io.hone.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * The vertical axis of a chart, which begins and ends with a line of its grid.
 *
 * @param scale places values, 0 at the bottom and 1 at the top
 * @param grid lines from bottom to top, at least two
 */
record VerticalAxis(Scale scale, List<Grid> grid) {
  private static final double DECADE = 10;
  private static final int MOST_STEPS = 5;
  private static final int LONGEST_LABEL = 7;
  private static final BigDecimal LEAST_PLAIN = new BigDecimal("0.0001");
  // Below this share of the values a difference would need labels of many digits.
  private static final double LEAST_RANGE = 1e-3;
  private static final List<BigDecimal> ROUND =
      List.of(BigDecimal.ONE, BigDecimal.valueOf(2), BigDecimal.valueOf(5));

  /**
   * A horizontal line of the grid.
   *
   * @param place 0 to 1
   * @param label the value there
   */
  record Grid(double place, String label) {}

  /** Returns an axis of shares, from 0 to 100 %. */
  static VerticalAxis shares() {
    List<Grid> grid = new ArrayList<>();
    for (int percent = 0; percent <= 100; percent += 25) {
      grid.add(new Grid(percent / 100.0, percent + "\u00a0%"));
    }
    return new VerticalAxis(new Scale(0, 1, false), List.copyOf(grid));
  }

  /**
   * Returns an axis that holds the given values. It is logarithmic where they are positive and span
   * more than a decade.
   *
   * @param values finite, at least one, none larger than a float can be
   */
  static VerticalAxis of(List<Double> values) {
    DoubleSummaryStatistics bounds =
        values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    double least = bounds.getMin();
    double greatest = bounds.getMax();
    boolean logarithmic = least >= Float.MIN_NORMAL && greatest / least > DECADE;
    return through(logarithmic ? decades(least, greatest) : steps(least, greatest), logarithmic);
  }

  private static VerticalAxis through(List<BigDecimal> lines, boolean logarithmic) {
    Scale scale =
        new Scale(
            lines.get(0).doubleValue(), lines.get(lines.size() - 1).doubleValue(), logarithmic);
    List<Grid> grid =
        lines.stream().map(line -> new Grid(scale.place(line.doubleValue()), label(line))).toList();
    return new VerticalAxis(scale, grid);
  }

  private static List<BigDecimal> steps(double least, double greatest) {
    double size = Math.max(Math.abs(least), Math.abs(greatest));
    boolean flat = greatest - least <= LEAST_RANGE * size;
    // An axis that nearly reaches 0 begins there, and so does the axis of equal values.
    double from = flat || least < greatest / 2 ? Math.min(0, least) : least;
    double to = flat ? Math.max(0, greatest) : greatest;
    if (from == to) {
      to = 1;
    }
    BigDecimal step = roundAtLeast((to - from) / MOST_STEPS);
    BigDecimal line = floor(from, step);
    List<BigDecimal> lines = new ArrayList<>(List.of(line));
    while (line.doubleValue() < to) {
      line = line.add(step);
      lines.add(line);
    }
    return lines;
  }

  /** Returns the least of 1, 2 and 5 and their multiples by powers of ten that reaches a value. */
  private static BigDecimal roundAtLeast(double value) {
    int power = (int) Math.floor(Math.log10(value));
    return ROUND.stream()
        .map(digit -> digit.scaleByPowerOfTen(power))
        .filter(round -> round.doubleValue() >= value)
        .findFirst()
        .orElse(BigDecimal.ONE.scaleByPowerOfTen(power + 1));
  }

  private static BigDecimal floor(double value, BigDecimal step) {
    return BigDecimal.valueOf(value)
        .divide(step, MathContext.DECIMAL64)
        .setScale(0, RoundingMode.FLOOR)
        .multiply(step);
  }

  private static List<BigDecimal> decades(double least, double greatest) {
    int first = (int) Math.floor(Math.log10(least));
    int decades = (int) Math.ceil(Math.log10(greatest)) - first;
    int stride = Math.max(1, (decades + MOST_STEPS - 1) / MOST_STEPS);
    // Few decades have lines between them too.
    List<BigDecimal> digits = decades > 2 ? ROUND.subList(0, 1) : ROUND;
    List<BigDecimal> lines = new ArrayList<>();
    for (int power = first; !reaches(lines, greatest); power += stride) {
      for (BigDecimal digit : digits) {
        if (!reaches(lines, greatest)) {
          lines.add(digit.scaleByPowerOfTen(power));
        }
      }
    }
    while (lines.get(1).doubleValue() <= least) {
      lines.remove(0);
    }
    return lines;
  }

  private static boolean reaches(List<BigDecimal> lines, double greatest) {
    return !lines.isEmpty() && lines.get(lines.size() - 1).doubleValue() >= greatest;
  }

  private static String label(BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    String plain = shortest.toPlainString();
    boolean small = value.signum() != 0 && value.abs().compareTo(LEAST_PLAIN) < 0;
    return small || plain.length() > LONGEST_LABEL
        ? shortest.unscaledValue() + "e" + -shortest.scale()
        : plain;
  }

  boolean logarithmic() {
    return scale.logarithmic();
  }

  /** Returns where a value is; one outside the axis is at its end. */
  double place(double value) {
    double inside = Math.min(scale.greatest(), Math.max(scale.least(), value));
    return scale.place(inside);
  }
}
