package io.hone.report;

import io.hone.api.metric.StepKind.Trait;
import io.hone.engine.results.StepSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Draws what improvers restored over the queries they took: all of one attack in one chart. */
final class RestorationCharts {
  /** The figures of a step by queries, as in {@code restored_after.16}. */
  static final String RESTORED_AFTER = "restored_after";

  private RestorationCharts() {}

  /** Returns a chart for each attack that something improved; more where the lines are many. */
  static List<LineChart> of(List<Entry> entries) {
    Map<String, List<Entry>> improved = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.has(Trait.IMPROVES) && points(entry.summary()).size() > 1) {
        improved.computeIfAbsent(attack(entry), attack -> new ArrayList<>()).add(entry);
      }
    }
    List<LineChart> charts = new ArrayList<>();
    improved.forEach(
        (attack, improvers) -> {
          for (int from = 0; from < improvers.size(); from += LineChart.MOST_LINES) {
            int to = Math.min(improvers.size(), from + LineChart.MOST_LINES);
            charts.add(chart(attack, improvers.subList(from, to)));
          }
        });
    return charts;
  }

  private static LineChart chart(String attack, List<Entry> improvers) {
    List<LineChart.Curve> curves = new ArrayList<>();
    for (Entry improver : improvers) {
      int style = curves.size() % LineChart.MOST_STYLES;
      int dash = curves.size() / LineChart.MOST_STYLES;
      curves.add(new LineChart.Curve(label(improver), style, dash, readings(improver)));
    }
    long most = improvers.stream().mapToLong(entry -> entry.summary().attempted()).max().orElse(0);
    return LineChart.of(
        "What improvers of " + attack + " restored of its features over their queries",
        "queries of the chain",
        "n\u00a0=\u00a0" + Words.count(most),
        curves);
  }

  private static String attack(Entry entry) {
    return entry.chain().stream()
        .filter(Entry::attacks)
        .map(Entry::name)
        .reduce("", (first, last) -> last);
  }

  private static String label(Entry entry) {
    return entry.chain().stream()
        .filter(step -> step.has(Trait.IMPROVES))
        .map(Entry::name)
        .collect(Collectors.joining(" \u2192 "));
  }

  /** Returns the points of a line; one of a chain begins where it leaves that of its input. */
  private static List<LineChart.Reading> readings(Entry entry) {
    Map<Long, Double> points = points(entry.summary());
    Map<Long, Double> before = points(entry.before().get(entry.depth() - 1).summary());
    List<LineChart.Reading> readings = new ArrayList<>();
    points.forEach(
        (queries, share) -> {
          if (share.equals(before.get(queries))) {
            readings.clear();
          }
          Figure figure = new Figure(RESTORED_AFTER + "." + queries, share);
          readings.add(
              new LineChart.Reading(
                  queries,
                  Words.count(queries),
                  figure,
                  Optional.empty(),
                  !entry.doubts(figure.path()).isEmpty()));
        });
    return readings;
  }

  private static Map<Long, Double> points(StepSummary step) {
    Map<Long, Double> points = new TreeMap<>();
    if (step.metrics().get(RESTORED_AFTER) instanceof Map<?, ?> figures) {
      figures.forEach(
          (queries, share) ->
              points.put(Long.valueOf(queries.toString()), ((Number) share).doubleValue()));
    }
    return points;
  }
}
