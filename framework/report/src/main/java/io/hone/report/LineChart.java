package io.hone.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Shares of an entry along one numeric axis of the matrix, drawn from 0 to 100 %.
 *
 * <p>Horizontal places are percentages of the width, so that the drawing follows the page's width
 * and its text keeps its size.
 *
 * @param title what was varied
 * @param axis name of the varied parameter
 * @param note over what
 * @param series one line per figure
 * @param ticks values of the axis
 */
record LineChart(String title, String axis, String note, List<Series> series, List<Tick> ticks) {
  /** How many lines can be told apart by colour and marker. */
  static final int MOST_STYLES = 5;

  private static final double LEFT = 14;
  private static final double RIGHT = 97;
  private static final int TOP = 10;
  private static final int BOTTOM = 190;
  // Width of a label's character as a share of the axis, where the chart is at its narrowest.
  private static final double CHARACTER = 0.028;

  /**
   * A line to be drawn.
   *
   * @param label in words
   * @param style number of its colour and marker, below {@link #MOST_STYLES}
   * @param dash number of its dashes, 0 for none, 3 at most
   * @param readings at least one
   */
  record Curve(String label, int style, int dash, List<Reading> readings) {}

  /**
   * A share at a value of the axis.
   *
   * @param value of the axis
   * @param at the value as the user wrote it
   * @param figure the share
   * @param interval of the share, if it is a rate
   * @param doubtful whether it cannot be trusted
   */
  record Reading(
      double value, String at, Figure figure, Optional<Interval> interval, boolean doubtful) {}

  /**
   * A line.
   *
   * @param label in words
   * @param style number of its colour and marker
   * @param dash number of its dashes
   * @param points from left to right
   */
  record Series(String label, int style, int dash, List<Point> points) {
    /** Returns the straight pieces between the points. */
    List<Segment> segments() {
      List<Segment> segments = new ArrayList<>();
      for (int index = 1; index < points.size(); index++) {
        segments.add(new Segment(points.get(index - 1), points.get(index)));
      }
      return segments;
    }
  }

  /**
   * A point of a line.
   *
   * @param place on the axis, 0 to 1
   * @param at the axis' value as written
   * @param figure the share
   * @param interval of the share, if it is a rate
   * @param doubtful whether it cannot be trusted
   */
  record Point(
      double place, String at, Figure figure, Optional<Interval> interval, boolean doubtful) {
    /** Returns the share in words, for those who do not see the point. */
    String words() {
      String bounds = interval.map(found -> " (" + found.words() + ")").orElse("");
      return figure.text() + bounds + " at " + at + (doubtful ? Words.UNTRUSTED : "");
    }

    String x() {
      return horizontal(place);
    }

    String y() {
      return vertical(figure.value());
    }

    /** Returns the vertical place of the lower bound. */
    String low() {
      return vertical(interval.orElseThrow().low());
    }

    /** Returns the vertical place of the upper bound. */
    String high() {
      return vertical(interval.orElseThrow().high());
    }
  }

  /**
   * A piece of a line.
   *
   * @param from left end
   * @param to right end
   */
  record Segment(Point from, Point to) {}

  /**
   * A value of the axis.
   *
   * @param place on the axis, 0 to 1
   * @param label the value
   */
  record Tick(double place, String label) {
    String x() {
      return horizontal(place);
    }
  }

  /**
   * A horizontal line of the grid.
   *
   * @param share 0 to 1
   */
  record Grid(double share) {
    String y() {
      return vertical(share);
    }

    String label() {
      return Math.round(100 * share) + "\u00a0%";
    }
  }

  /** Returns a chart whose axis holds every value of the curves. */
  static LineChart of(String title, String axis, String note, List<Curve> curves) {
    TreeMap<Double, String> values = new TreeMap<>();
    for (Curve curve : curves) {
      curve.readings().forEach(reading -> values.putIfAbsent(reading.value(), reading.at()));
    }
    Scale scale = Scale.of(values.navigableKeySet());
    List<Series> series =
        curves.stream()
            .map(
                curve ->
                    new Series(
                        curve.label(),
                        curve.style(),
                        curve.dash(),
                        curve.readings().stream()
                            .map(
                                reading ->
                                    new Point(
                                        scale.place(reading.value()),
                                        reading.at(),
                                        reading.figure(),
                                        reading.interval(),
                                        reading.doubtful()))
                            .toList()))
            .toList();
    String words = scale.logarithmic() ? axis + " (logarithmic)" : axis;
    return new LineChart(title, words, note, series, ticks(scale, values));
  }

  private static List<Tick> ticks(Scale scale, SortedMap<Double, String> values) {
    List<Tick> ticks = new ArrayList<>();
    double free = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Double, String> value : values.entrySet()) {
      double place = scale.place(value.getKey());
      double half = value.getValue().length() * CHARACTER / 2;
      boolean fits = place - half >= free;
      ticks.add(new Tick(place, fits ? value.getValue() : ""));
      free = fits ? place + half + CHARACTER : free;
    }
    return ticks;
  }

  List<Grid> grid() {
    return List.of(new Grid(0), new Grid(0.25), new Grid(0.5), new Grid(0.75), new Grid(1));
  }

  String left() {
    return percent(LEFT);
  }

  String right() {
    return percent(RIGHT);
  }

  /** Returns the chart in words. */
  String alternative() {
    return title + ". " + series.stream().map(this::alternative).collect(Collectors.joining("; "));
  }

  private String alternative(Series line) {
    return line.points().stream()
        .map(Point::words)
        .collect(Collectors.joining(", ", line.label() + ": ", ""));
  }

  private static String horizontal(double place) {
    return percent(LEFT + (RIGHT - LEFT) * place);
  }

  private static String vertical(double share) {
    double inside = Math.min(1, Math.max(0, share));
    return String.format(Locale.ROOT, "%.1f", BOTTOM - (BOTTOM - TOP) * inside);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
