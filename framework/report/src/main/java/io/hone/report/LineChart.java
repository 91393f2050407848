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
 * Figures along one numeric axis, such as shares of an entry along an axis of the matrix.
 *
 * <p>Horizontal places are percentages of the width, so that the drawing follows the page's width
 * and its text keeps its size.
 *
 * @param title what was varied
 * @param axis name of the varied parameter
 * @param note over what
 * @param series one line per figure
 * @param ticks values of the axis
 * @param upright the vertical axis
 * @param mark a value of the axis that is set apart from the others
 */
record LineChart(
    String title,
    String axis,
    String note,
    List<Series> series,
    List<Tick> ticks,
    VerticalAxis upright,
    Optional<Mark> mark) {
  /** How many lines can be told apart by colour and marker. */
  static final int MOST_STYLES = 5;

  /** How many lines can be told apart by colour, marker and dashes. */
  static final int MOST_LINES = 4 * MOST_STYLES;

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
   * A figure at a value of the axis.
   *
   * @param value of the axis
   * @param at the value as the user wrote it
   * @param figure that is drawn
   * @param interval of the figure, if it is a rate
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
    /** Returns the corners of the line as SVG wants them, in hundredths of the width. */
    String corners() {
      return points.stream()
          .map(point -> String.format(Locale.ROOT, "%.2f,%s", 100 * point.place(), point.depth()))
          .collect(Collectors.joining(" "));
    }

    /** Returns the points that have a marker. */
    List<Point> marked() {
      return points.stream().filter(Point::marked).toList();
    }
  }

  /**
   * A point of a line.
   *
   * @param place on the axis, 0 to 1
   * @param at the axis' value as written
   * @param figure that is drawn
   * @param interval of the figure, if it is a rate
   * @param doubtful whether it cannot be trusted
   * @param upright the vertical axis
   * @param marked whether it has a marker, and is among the points that are told in words
   */
  record Point(
      double place,
      String at,
      Figure figure,
      Optional<Interval> interval,
      boolean doubtful,
      VerticalAxis upright,
      boolean marked) {
    /** Returns the figure in words, for those who do not see the point. */
    String words() {
      String bounds = interval.map(found -> " (" + found.words() + ")").orElse("");
      return figure.text() + bounds + " at " + at + (doubtful ? Words.UNTRUSTED : "");
    }

    String x() {
      return horizontal(place);
    }

    String y() {
      return vertical(upright.place(figure.value()));
    }

    /** Returns how far the point is below the top of the axis. */
    String depth() {
      return pixels((BOTTOM - TOP) * (1 - upright.place(figure.value())));
    }

    /** Returns the vertical place of the lower bound. */
    String low() {
      return vertical(upright.place(interval.orElseThrow().low()));
    }

    /** Returns the vertical place of the upper bound. */
    String high() {
      return vertical(upright.place(interval.orElseThrow().high()));
    }
  }

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
   * A value of the axis that is set apart.
   *
   * @param place on the axis, 0 to 1
   * @param label what it is
   */
  record Mark(double place, String label) {
    String x() {
      return horizontal(place);
    }
  }

  /** Returns a chart of shares whose axis holds every value of the curves. */
  static LineChart of(String title, String axis, String note, List<Curve> curves) {
    TreeMap<Double, String> values = new TreeMap<>();
    for (Curve curve : curves) {
      curve.readings().forEach(reading -> values.putIfAbsent(reading.value(), reading.at()));
    }
    Scale scale = Scale.of(values.navigableKeySet());
    VerticalAxis upright = VerticalAxis.shares();
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
                                        reading.doubtful(),
                                        upright,
                                        true))
                            .toList()))
            .toList();
    String words = scale.logarithmic() ? axis + " (logarithmic)" : axis;
    return new LineChart(
        title, words, note, series, ticks(scale, values), upright, Optional.empty());
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

  List<VerticalAxis.Grid> grid() {
    return upright.grid();
  }

  /** Returns the vertical place of a line of the grid. */
  String y(VerticalAxis.Grid line) {
    return vertical(line.place());
  }

  String left() {
    return percent(LEFT);
  }

  String width() {
    return percent(RIGHT - LEFT);
  }

  int top() {
    return TOP;
  }

  int height() {
    return BOTTOM - TOP;
  }

  String right() {
    return percent(RIGHT);
  }

  /** Returns the chart in words. */
  String alternative() {
    return title + ". " + series.stream().map(this::alternative).collect(Collectors.joining("; "));
  }

  private String alternative(Series line) {
    return line.marked().stream()
        .map(Point::words)
        .collect(Collectors.joining(", ", line.label() + ": ", ""));
  }

  private static String horizontal(double place) {
    return percent(LEFT + (RIGHT - LEFT) * place);
  }

  private static String vertical(double place) {
    return pixels(BOTTOM - (BOTTOM - TOP) * place);
  }

  private static String pixels(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
