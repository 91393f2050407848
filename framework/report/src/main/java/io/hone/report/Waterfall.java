package io.hone.report;

import io.hone.engine.results.StageSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The robust accuracy that is left after each stage of an attack, drawn from 0, with what the stage
 * took away beside it. Clean accuracy is the first bar.
 *
 * @param title what is shown
 * @param note over what
 * @param bars in the order of the stages
 */
record Waterfall(String title, String note, List<Bar> bars) {
  private static final int ROW = 40;
  private static final String FIGURE = "stages.robust_accuracy";

  /**
   * One bar.
   *
   * @param name of the stage
   * @param figure the accuracy that is left
   * @param remark what the stage did, in a few words
   * @param left share of the full width that is left, 0 to 1
   * @param lost share of the full width that the stage took away
   * @param top of its row in pixels
   */
  record Bar(String name, Figure figure, String remark, double left, double lost, int top) {
    /** Returns the bar in words, for those who do not see it. */
    String words() {
      return name + " " + figure.text();
    }

    /** Returns the length of what is left as SVG wants it. */
    String leftWidth() {
      return percent(left);
    }

    /** Returns the length of what the stage took away as SVG wants it. */
    String lostWidth() {
      return percent(lost);
    }

    private static String percent(double share) {
      return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }

    /** Returns the baseline of the text in pixels. */
    int text() {
      return top + 15;
    }

    /** Returns the upper edge of the bar in pixels. */
    int bar() {
      return top + 22;
    }
  }

  /** Returns the height in pixels. */
  int height() {
    return ROW * bars.size();
  }

  /** Returns the chart in words. */
  String alternative() {
    return title + ": " + bars.stream().map(Bar::words).collect(Collectors.joining(", "));
  }

  /** Returns a chart for every entry that has stages and a clean accuracy to begin with. */
  static List<Waterfall> of(List<Entry> entries) {
    List<Waterfall> charts = new ArrayList<>();
    for (Entry entry : entries) {
      List<Entry> before = entry.before();
      if (!entry.summary().stages().isEmpty() && !before.isEmpty()) {
        before.get(0).figure("accuracy").ifPresent(clean -> charts.add(of(entry, clean)));
      }
    }
    return charts;
  }

  private static Waterfall of(Entry entry, Figure clean) {
    List<Bar> bars = new ArrayList<>();
    bars.add(new Bar("clean images", clean, "", clean.value(), 0, 0));
    double left = clean.value();
    for (StageSummary stage : entry.summary().stages()) {
      Figure figure = new Figure(FIGURE, stage.robustAccuracy());
      String remark =
          "broke\u00a0"
              + Words.count(stage.broken())
              + " of\u00a0"
              + Words.count(stage.attempted());
      double lost = Math.max(0, left - figure.value());
      left = figure.value();
      bars.add(new Bar(stage.name(), figure, remark, left, lost, ROW * bars.size()));
    }
    return new Waterfall(
        "Robust accuracy of " + entry.name() + ", stage by stage",
        "share of all samples that no stage broke so far, n\u00a0=\u00a0"
            + Words.count(entry.summary().samples()),
        bars);
  }
}
