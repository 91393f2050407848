package io.hone.report;

import io.hone.api.metric.StepKind.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Bars of one figure, one per entry, drawn from 0.
 *
 * @param title what is shown
 * @param note over what
 * @param bars in the order of the chains
 */
record BarChart(String title, String note, List<Bar> bars) {
  private static final int ROW = 40;

  /**
   * One bar.
   *
   * @param name of the entry
   * @param tone CSS class of the entry's kind
   * @param figure what it shows
   * @param samples over how many samples, in words
   * @param share of the full width, 0 to 1
   * @param interval of the figure, if it is a rate
   * @param top of its row in pixels
   * @param doubtful whether the figure cannot be trusted
   */
  record Bar(
      String name,
      String tone,
      Figure figure,
      String samples,
      double share,
      Optional<Interval> interval,
      int top,
      boolean doubtful) {
    /** Returns the figure in words, for those who do not see the bar. */
    String words() {
      String bounds = interval.map(found -> " (" + found.words() + ")").orElse("");
      return name + " " + figure.text() + bounds + (doubtful ? Words.UNTRUSTED : "");
    }

    /** Returns the length as SVG wants it. */
    String width() {
      return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }

    /** Returns the baseline of the text in pixels. */
    int text() {
      return top + 15;
    }

    /** Returns where the line of the interval is, in pixels. */
    int middle() {
      return bar() + 5;
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

  /**
   * Returns the charts of a run: the accuracy along the chains, and the distances of every attack
   * that something improved, before and after.
   */
  static List<BarChart> of(List<Entry> entries) {
    List<BarChart> charts = new ArrayList<>();
    // An improver keeps every prediction, so its accuracy is that of what it received.
    // What the matrix varied is drawn as a curve.
    Set<Entry> curved =
        MatrixLine.of(entries).stream()
            .flatMap(line -> line.entries().values().stream())
            .collect(Collectors.toSet());
    List<Entry> judged =
        entries.stream()
            .filter(entry -> !entry.has(Trait.IMPROVES) && !curved.contains(entry))
            .toList();
    chart("Accuracy", "share of all samples classified correctly", judged, "accuracy", 1)
        .ifPresent(charts::add);
    for (Entry attack : entries) {
      List<Entry> chain =
          entries.stream().filter(entry -> entry == attack || improves(entry, attack)).toList();
      if (attack.attacks() && chain.size() > 1) {
        distance("L0 before and after", "features changed, mean over successes", chain, "l0")
            .ifPresent(charts::add);
        distance("L2 before and after", "mean over successes", chain, "l2").ifPresent(charts::add);
      }
    }
    return charts;
  }

  private static boolean improves(Entry entry, Entry attack) {
    return entry.has(Trait.IMPROVES) && entry.before().contains(attack);
  }

  private static Optional<BarChart> distance(
      String title, String note, List<Entry> chain, String path) {
    double largest =
        chain.stream()
            .flatMap(entry -> entry.figure(path).stream())
            .mapToDouble(Figure::value)
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    return chart(title, note, chain, path, largest);
  }

  private static Optional<BarChart> chart(
      String title, String note, List<Entry> entries, String path, double full) {
    List<Bar> bars = new ArrayList<>();
    for (Entry entry : entries) {
      entry
          .figure(path)
          .filter(figure -> Double.isFinite(figure.value()))
          .map(figure -> bar(entry, figure, full, ROW * bars.size()))
          .ifPresent(bars::add);
    }
    return bars.size() < 2 ? Optional.empty() : Optional.of(new BarChart(title, note, bars));
  }

  private static Bar bar(Entry entry, Figure figure, double full, int top) {
    double share = full > 0 ? Math.min(1, Math.max(0, figure.value() / full)) : 0;
    String samples =
        entry
            .over(figure.path().replace(".mean", ""))
            .map(number -> "n\u00a0=\u00a0" + Words.count(number))
            .orElse("");
    return new Bar(
        entry.name(),
        entry.tone(),
        figure,
        samples,
        share,
        entry.interval(figure.path()),
        top,
        !entry.doubts(figure.path()).isEmpty());
  }
}
