package io.hone.report;

import io.hone.api.metric.StepKind.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Draws what a numeric axis of the matrix did to the entries of a step. Attacks on the same images
 * share a chart where they vary the same parameter, measured in the same norm.
 */
final class MatrixCharts {
  private static final String SUCCESS = "success_rate";
  private static final String SUCCESS_8BIT = "success_rate_8bit";
  private static final String ACCURACY = "accuracy";
  private static final List<String> ATTACKED = List.of(SUCCESS, SUCCESS_8BIT, ACCURACY);

  /** What is shown of steps that do more than attack. */
  private static final Map<Trait, List<String>> SHOWN =
      Map.of(
          Trait.IMPROVES,
          List.of("reduction_rate.l0", "reduction_rate.l2", "kept_at_threshold.mean"),
          Trait.RECOVERS,
          List.of("recovery_rate", "clean_accuracy", ACCURACY),
          Trait.TRANSFERS,
          List.of("transfer_rate.all", "transfer_rate.successes", "clean_accuracy"));

  private MatrixCharts() {}

  /**
   * Returns the charts of every step that the matrix gave several values of one parameter; where
   * several parameters vary, a line for each combination of the others.
   */
  static List<LineChart> of(List<Entry> entries) {
    Map<Object, List<MatrixLine>> groups = new LinkedHashMap<>();
    for (MatrixLine line : MatrixLine.of(entries)) {
      Object key =
          line.first().attacks()
              ? List.of(line.first().receivedWithoutVariant(), line.parameter(), norm(line))
              : line;
      groups.computeIfAbsent(key, absent -> new ArrayList<>()).add(line);
    }
    return groups.values().stream().flatMap(group -> charts(group).stream()).toList();
  }

  private static List<LineChart> charts(List<MatrixLine> lines) {
    if (lines.size() == 1) {
      return alone(lines.get(0)).stream().toList();
    }
    List<LineChart> charts = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += LineChart.MOST_STYLES) {
      List<MatrixLine> some =
          lines.subList(from, Math.min(lines.size(), from + LineChart.MOST_STYLES));
      together("Success rate of", List.of(SUCCESS, SUCCESS_8BIT), some).ifPresent(charts::add);
      together("Accuracy under", List.of(ACCURACY), some).ifPresent(charts::add);
    }
    return charts;
  }

  private static Optional<LineChart> alone(MatrixLine line) {
    List<LineChart.Curve> curves = new ArrayList<>();
    for (String path : shown(line.first())) {
      int style = curves.size();
      line.readings(path)
          .ifPresent(
              readings ->
                  curves.add(new LineChart.Curve(FigureLabel.of(path), style, style, readings)));
    }
    String title =
        line.first().summary().id()
            + " of "
            + line.first().receivedWithoutVariant()
            + " over "
            + line.parameter()
            + line.fixed();
    return chart(title, List.of(line), note(line), curves);
  }

  private static List<String> shown(Entry entry) {
    return SHOWN.keySet().stream()
        .filter(entry::has)
        .map(SHOWN::get)
        .findFirst()
        .orElseGet(() -> entry.attacks() ? ATTACKED : List.of());
  }

  private static Optional<LineChart> together(
      String what, List<String> paths, List<MatrixLine> attacks) {
    List<LineChart.Curve> curves = new ArrayList<>();
    for (int style = 0; style < attacks.size(); style++) {
      for (int dash = 0; dash < paths.size(); dash++) {
        MatrixLine line = attacks.get(style);
        String name = line.first().summary().id() + line.fixed();
        String label = dash == 0 ? name : name + ", on 8 bits";
        Optional<List<LineChart.Reading>> readings = line.readings(paths.get(dash));
        if (readings.isPresent()) {
          curves.add(new LineChart.Curve(label, style, dash, readings.get()));
        }
      }
    }
    MatrixLine first = attacks.get(0);
    boolean joins = first.first().summary().of().names().size() > 1;
    String title =
        what
            + (joins ? " combinations of " : " attacks on ")
            + first.first().receivedWithoutVariant()
            + " over "
            + first.parameter();
    String note = paths.contains(ACCURACY) ? all(attacks) + " at each point" : attempted(attacks);
    return chart(title, attacks, note, curves);
  }

  private static Optional<LineChart> chart(
      String title, List<MatrixLine> lines, String note, List<LineChart.Curve> curves) {
    String norm = norm(lines.get(0));
    boolean isDistance = lines.get(0).measuresDistance() && !norm.isEmpty();
    String axis = lines.get(0).parameter() + (isDistance ? ", " + FigureLabel.of(norm) : "");
    return curves.isEmpty()
        ? Optional.empty()
        : Optional.of(LineChart.of(title, axis, note, curves));
  }

  private static String note(MatrixLine line) {
    List<MatrixLine> lines = List.of(line);
    return !line.first().attacks()
        ? count(lines, entry -> entry.summary().attempted()) + " at each point"
        : attempted(lines) + ", accuracy over all, " + all(lines);
  }

  private static String attempted(List<MatrixLine> lines) {
    return count(lines, entry -> entry.summary().attempted()) + " attempted at each point";
  }

  private static String all(List<MatrixLine> lines) {
    return count(lines, entry -> entry.summary().samples());
  }

  private static String count(List<MatrixLine> lines, ToLongFunction<Entry> samples) {
    List<Long> counts =
        lines.stream()
            .flatMap(line -> line.entries().values().stream())
            .map(samples::applyAsLong)
            .sorted()
            .toList();
    long least = counts.get(0);
    long most = counts.get(counts.size() - 1);
    return "n\u00a0=\u00a0"
        + Words.count(least)
        + (least == most ? "" : " to " + Words.count(most));
  }

  /** Returns the norm of an attack; attacks that work in different ones are not compared. */
  private static String norm(MatrixLine line) {
    return line.first().summary().norm();
  }
}
