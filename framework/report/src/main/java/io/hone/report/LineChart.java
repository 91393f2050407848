package io.hone.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private static final double LEFT = 14;
  private static final double RIGHT = 97;
  private static final int TOP = 10;
  private static final int BOTTOM = 190;
  private static final double TICK_DISTANCE = 0.15;

  /**
   * A line.
   *
   * @param label in words
   * @param style number of its colour, dash and marker
   * @param points from left to right
   */
  record Series(String label, int style, List<Point> points) {
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
   */
  record Point(double place, String at, Figure figure) {
    String x() {
      return horizontal(place);
    }

    String y() {
      return vertical(figure.value());
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

  /**
   * Returns a chart.
   *
   * @param values of the axis, ascending and distinct
   * @param labels the same values as the user wrote them
   * @param shares one list of figures per label, each with one figure per value
   */
  static LineChart of(
      String title,
      String axis,
      String note,
      List<Double> values,
      List<String> labels,
      List<List<Figure>> shares) {
    double first = values.get(0);
    double range = values.get(values.size() - 1) - first;
    List<Series> series = new ArrayList<>();
    for (List<Figure> figures : shares) {
      List<Point> points = new ArrayList<>();
      for (int index = 0; index < values.size(); index++) {
        double at = values.get(index);
        points.add(new Point((at - first) / range, labels.get(index), figures.get(index)));
      }
      series.add(new Series(FigureLabel.of(figures.get(0).path()), series.size(), points));
    }
    return new LineChart(title, axis, note, series, ticks(series.get(0).points()));
  }

  private static List<Tick> ticks(List<Point> points) {
    List<Tick> ticks = new ArrayList<>();
    double labelled = Double.NEGATIVE_INFINITY;
    for (Point point : points) {
      boolean fits = point.place() - labelled >= TICK_DISTANCE;
      ticks.add(new Tick(point.place(), fits ? point.at() : ""));
      labelled = fits ? point.place() : labelled;
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
        .map(point -> point.figure().text() + " at " + point.at())
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
