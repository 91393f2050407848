package io.hone.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Draws what a training's epochs led to: one chart of losses and one of shares. */
final class EpochCharts {
  // More markers than this run into each other on a narrow screen.
  private static final int MOST_MARKERS = 24;
  private static final int MOST_TICKS = 8;
  private static final List<Integer> ROUND = List.of(1, 2, 5);

  private final EpochHistory history;
  private final int stride;

  private EpochCharts(EpochHistory history) {
    this.history = history;
    this.stride = stride(history.count());
  }

  /** Returns the charts of a training; more where the figures are too many for one. */
  static List<LineChart> of(EpochHistory history) {
    EpochCharts charts = new EpochCharts(history);
    List<LineChart> all = new ArrayList<>();
    all.addAll(charts.charts("Losses by epoch", history.losses(), VerticalAxis::of));
    all.addAll(charts.charts("Shares by epoch", history.shares(), values -> VerticalAxis.shares()));
    return all;
  }

  private List<LineChart> charts(
      String title, List<String> names, Function<List<Double>, VerticalAxis> axis) {
    List<String> drawn = names.stream().filter(name -> !epochs(name).isEmpty()).toList();
    List<LineChart> charts = new ArrayList<>();
    for (int from = 0; from < drawn.size(); from += LineChart.MOST_LINES) {
      int to = Math.min(drawn.size(), from + LineChart.MOST_LINES);
      charts.add(chart(title, drawn.subList(from, to), axis));
    }
    return charts;
  }

  private LineChart chart(
      String title, List<String> names, Function<List<Double>, VerticalAxis> axis) {
    List<Double> values =
        names.stream().flatMap(name -> epochs(name).stream().map(at -> value(at, name))).toList();
    VerticalAxis upright = axis.apply(values);
    List<LineChart.Series> series = new ArrayList<>();
    for (String name : names) {
      int line = series.size();
      series.add(
          new LineChart.Series(
              FigureLabel.of(name),
              line % LineChart.MOST_STYLES,
              line / LineChart.MOST_STYLES,
              points(name, upright)));
    }
    return new LineChart(
        upright.logarithmic() ? title + ", on a logarithmic axis" : title,
        "epoch",
        "",
        series,
        ticks(),
        upright,
        history.best().stream().boxed().findFirst().map(this::mark));
  }

  private LineChart.Mark mark(int epoch) {
    return new LineChart.Mark(place(epoch), "Best epoch, " + Words.count(epoch));
  }

  private List<LineChart.Point> points(String name, VerticalAxis upright) {
    List<Integer> epochs = epochs(name);
    boolean few = epochs.size() <= MOST_MARKERS;
    return epochs.stream()
        .map(
            epoch ->
                new LineChart.Point(
                    place(epoch),
                    "epoch " + Words.count(epoch),
                    history.figure(epoch, name).orElseThrow(),
                    Optional.empty(),
                    false,
                    upright,
                    few || isMarked(epoch)))
        .toList();
  }

  private boolean isMarked(int epoch) {
    return epoch % stride == 0
        || epoch == 1
        || epoch == history.count()
        || history.best().stream().anyMatch(best -> best == epoch);
  }

  /** Returns the epochs in which a figure can be drawn: a loss beyond floats is no number. */
  private List<Integer> epochs(String name) {
    return IntStream.rangeClosed(1, history.count())
        .filter(
            epoch ->
                history
                    .figure(epoch, name)
                    .filter(figure -> Math.abs(figure.value()) <= Float.MAX_VALUE)
                    .isPresent())
        .boxed()
        .toList();
  }

  private double value(int epoch, String name) {
    return history.figure(epoch, name).orElseThrow().value();
  }

  private List<LineChart.Tick> ticks() {
    return IntStream.rangeClosed(1, history.count())
        .filter(epoch -> epoch == 1 || epoch % stride == 0)
        .mapToObj(epoch -> new LineChart.Tick(place(epoch), Words.count(epoch)))
        .toList();
  }

  private double place(int epoch) {
    return history.count() == 1 ? 0.5 : (epoch - 1.0) / (history.count() - 1);
  }

  /** Returns the least round number of epochs between labels that leaves room for them. */
  private static int stride(int epochs) {
    for (int power = 1; ; power *= 10) {
      for (int digit : ROUND) {
        if (epochs <= (long) MOST_TICKS * digit * power) {
          return digit * power;
        }
      }
    }
  }
}
