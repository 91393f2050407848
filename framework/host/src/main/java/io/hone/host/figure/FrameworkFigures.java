package io.hone.host.figure;

import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names of the figures that Hone gives itself. What others measure never takes one of them:
 * figures of a plugin's metric appear under the metric's id.
 */
public final class FrameworkFigures {
  /** How many features are restored after so many queries: {@code restored_after.11}. */
  public static final String RESTORED_AFTER = "restored_after.";

  /** The built-in metrics' figures, by the metric's id. */
  private static final Map<String, List<Group>> OF_METRICS = ofMetrics();

  /** The figures of some kinds of steps, whatever the metrics are, by what measures them. */
  private static final Map<String, Group> OF_KINDS =
      Map.of(
          "transfer-rate",
          new Group(
              kind -> kind.has(Trait.TRANSFERS),
              List.of(
                  "transfer_rate.all",
                  "transfer_rate.successes",
                  "transfer_rate.untargeted.all",
                  "transfer_rate.untargeted.successes",
                  "transfer_rate.left_out")));

  /** The figures that are numbers of samples in favour divided by numbers of samples. */
  private static final Set<String> RATES =
      Set.of(
          "success_rate",
          "success_rate_8bit",
          "accuracy",
          "clean_accuracy",
          "recovery_rate",
          "transfer_rate.all",
          "transfer_rate.successes",
          "transfer_rate.untargeted.all",
          "transfer_rate.untargeted.successes");

  /** Figures of some kinds of steps. */
  private record Group(Predicate<StepKind> kinds, List<String> figures) {}

  private static final List<String> COSTS =
      List.of("queries.forward", "queries.gradient", "seconds");

  /** Powers of the root of 2 up to a million, rounded. */
  private static final List<Long> QUERIES =
      IntStream.rangeClosed(0, 40)
          .mapToObj(power -> Math.round(Math.pow(2, power / 2.0)))
          .distinct()
          .toList();

  private static final Pattern OF_STAGE =
      Pattern.compile(
          "stages\\.[a-z0-9-]+\\.(attempted|broken|robust_accuracy|queries\\.(forward|gradient))");

  private FrameworkFigures() {}

  private static Map<String, List<Group>> ofMetrics() {
    List<String> distances =
        Stream.of("l0", "l0_pixels", "l1", "l2", "linf", "ssim")
            .flatMap(distance -> Stream.of("mean", "median", "max").map(of -> distance + "." + of))
            .toList();
    List<String> reductions =
        Stream.of("reduction_rate", "step_reduction_rate")
            .flatMap(
                rate ->
                    Stream.of("l0", "l2", "l0_left_out", "l2_left_out").map(of -> rate + "." + of))
            .toList();
    Map<String, List<Group>> figures = new LinkedHashMap<>();
    figures.put(
        "success-rate",
        List.of(
            new Group(
                kind -> !kind.equals(StepKind.CLEAN),
                List.of("success_rate", "success_rate_8bit"))));
    figures.put(
        "accuracy",
        List.of(
            new Group(kind -> true, List.of("accuracy")),
            new Group(kind -> kind.has(Trait.RECLASSIFIES), List.of("clean_accuracy")),
            new Group(kind -> kind.has(Trait.RECOVERS), List.of("recovery_rate"))));
    figures.put("distance", List.of(new Group(kind -> kind.has(Trait.PERTURBS), distances)));
    figures.put("reduction-rate", List.of(new Group(kind -> kind.has(Trait.IMPROVES), reductions)));
    return figures;
  }

  /** Returns the numbers of queries that {@link #RESTORED_AFTER} is told for, in order. */
  public static List<Long> queries() {
    return QUERIES;
  }

  /** Returns whether a metric is one of Hone's own, whose figures carry no prefix. */
  public static boolean isOwnMetric(String id) {
    return OF_METRICS.containsKey(id) || OF_KINDS.containsKey(id);
  }

  /**
   * Returns the path of a metric's figure in the results.
   *
   * @param metric id
   * @param figure as the metric names it
   * @return the figure itself for Hone's metrics; else {@code metric.figure}, or {@code metric}
   *     where the figure has the metric's own name
   */
  public static String path(String metric, String figure) {
    if (isOwnMetric(metric)) {
      return figure;
    }
    return figure.equals(metric) || figure.equals(metric.replace('-', '_'))
        ? metric
        : metric + "." + figure;
  }

  /**
   * Returns whether a name is one of Hone's figures, or a group of them.
   *
   * @param name a path such as {@code l0.mean}, or its first level; hyphens count as underscores
   */
  public static boolean isTaken(String name) {
    return groups().contains(name.split("\\.", 2)[0].replace('-', '_'));
  }

  private static Set<String> groups() {
    Set<String> groups =
        new LinkedHashSet<>(
            List.of(
                "queries",
                "seconds",
                "cumulated",
                "restored_after",
                "stages",
                FigurePath.INTERVALS,
                FigurePath.CLASSES,
                FigurePath.WORST_CLASS));
    Stream.concat(OF_METRICS.values().stream().flatMap(List::stream), OF_KINDS.values().stream())
        .flatMap(group -> group.figures().stream())
        .map(figure -> figure.split("\\.", 2)[0])
        .forEach(groups::add);
    return groups;
  }

  /** Returns the paths of all of Hone's figures of a kind of step that some metrics measure. */
  public static List<String> of(StepKind kind, Collection<String> metrics) {
    List<String> figures = new ArrayList<>();
    Stream.concat(
            metrics.stream().flatMap(metric -> OF_METRICS.getOrDefault(metric, List.of()).stream()),
            OF_KINDS.values().stream())
        .filter(group -> group.kinds().test(kind))
        .forEach(group -> figures.addAll(group.figures()));
    if (!kind.equals(StepKind.CLEAN)) {
      figures.addAll(COSTS);
      COSTS.forEach(cost -> figures.add("cumulated." + cost));
    }
    if (kind.has(Trait.IMPROVES)) {
      QUERIES.forEach(queries -> figures.add(RESTORED_AFTER + queries));
    }
    return figures;
  }

  /** Returns the paths of Hone's figures of a kind of step that are rates, of some metrics. */
  public static List<String> rates(StepKind kind, Collection<String> metrics) {
    return of(kind, metrics).stream().filter(RATES::contains).toList();
  }

  /**
   * Returns whether a path is that of a figure of a stage, such as {@code
   * stages.apgd-ce.robust_accuracy}; which stages there are shows when the attack is prepared.
   */
  public static boolean isOfStage(String path) {
    return OF_STAGE.matcher(path).matches();
  }

  /** Returns the ids of Hone's own metrics. */
  public static Set<String> metrics() {
    return OF_METRICS.keySet();
  }
}
