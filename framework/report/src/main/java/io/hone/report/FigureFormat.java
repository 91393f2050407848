package io.hone.report;

import io.hone.host.figure.FigurePath;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** How a figure reads: shares in percent, everything else as plain numbers. */
enum FigureFormat {
  SHARE {
    @Override
    String finite(double value) {
      double percent = value * 100;
      int decimals = 1;
      // 99.97 % must not read as 100 %, nor 0.02 % as 0 %.
      while (decimals < 4 && (rounds(percent, 100, decimals) || rounds(percent, 0, decimals))) {
        decimals++;
      }
      return String.format(Locale.ROOT, "%,." + decimals + "f\u00a0%%", percent);
    }
  },
  PLAIN {
    @Override
    String finite(double value) {
      double size = Math.abs(value);
      if (size < 1e15 && value == Math.rint(value)) {
        return String.format(Locale.ROOT, "%,d", (long) value);
      }
      if (size >= 1e15 || size < 1e-4) {
        return String.format(Locale.ROOT, "%.2e", value);
      }
      if (size >= 1000) {
        return String.format(Locale.ROOT, "%,.0f", value);
      }
      return BigDecimal.valueOf(value)
          .setScale(decimals(size), RoundingMode.HALF_EVEN)
          .toPlainString();
    }
  };

  /** The parts of an interval that are numbers of samples. */
  private static final List<String> COUNTS = List.of("n", "count");

  /** The size of a training's steps, which is no share. */
  private static final String LEARNING_RATE = "learning_rate";

  /** Returns how to write the figure at a path of an entry. */
  static FigureFormat of(String path) {
    FigurePath parsed = FigurePath.of(path);
    if (parsed.isStatistic()) {
      boolean isCount = parsed.isCount() || parsed.part().filter(COUNTS::contains).isPresent();
      return isCount ? PLAIN : of(parsed.figure());
    }
    if (path.equals("kept_at_threshold.mean")
        || path.startsWith(RestorationCharts.RESTORED_AFTER + ".")) {
      return SHARE;
    }
    if (path.endsWith("_left_out")) {
      return PLAIN;
    }
    for (String key : path.split("\\.")) {
      if (key.equals(LEARNING_RATE)) {
        return PLAIN;
      }
      if (key.endsWith("rate") || key.endsWith("rate_8bit") || key.endsWith("accuracy")) {
        return SHARE;
      }
    }
    return PLAIN;
  }

  /** Returns a number as people read it. */
  String text(double value) {
    return Double.isFinite(value) ? finite(value) : "not a number";
  }

  abstract String finite(double value);

  /** Three significant digits, but one decimal at least. */
  private static int decimals(double size) {
    return Math.max(1, 2 - (int) Math.floor(Math.log10(size)));
  }

  private static boolean rounds(double value, double to, int decimals) {
    return value != to && Math.abs(value - to) < 0.5 * Math.pow(10, -decimals);
  }
}
