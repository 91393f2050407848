package io.hone.scenario.reading;

import io.hone.api.metric.StepKind;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ParameterDescriptor;
import io.hone.host.figure.FigurePath;
import io.hone.host.figure.FrameworkFigures;
import io.hone.scenario.CheckFigures;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.document.ScenarioDocument;
import io.hone.scenario.document.StepSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which figures the steps of a scenario will have, as far as that is known before it runs.
 *
 * @param metrics ids of what is measured
 * @param components of each step with an id
 * @param checks ids of the self-checks that are made
 */
record KnownFigures(
    List<String> metrics, Map<String, List<ComponentDescriptor>> components, List<String> checks) {
  private static final String HONE = "hone";

  /** Returns what the document of a scenario says. */
  static KnownFigures of(ScenarioDocument document) {
    Map<String, List<ComponentDescriptor>> components = new HashMap<>();
    for (StepSection step : document.steps()) {
      List<ComponentDescriptor> used = new ArrayList<>();
      step.content().components().forEach(component -> used.add(component.descriptor()));
      components.put(step.id(), used);
    }
    return new KnownFigures(
        document.metrics().stream().map(metric -> metric.descriptor().id()).toList(),
        components,
        document.checks().checks());
  }

  /** What is wrong with a figure, and what helps. */
  record Problem(String message, List<String> notes) {}

  /**
   * Returns what is wrong with the figure that an expectation names.
   *
   * @param entry the result that it is expected of
   * @param step the id of its step
   */
  Optional<Problem> problem(String entry, String step, StepKind kind, String figure) {
    FigurePath path = FigurePath.of(figure);
    if (path.isStatistic()) {
      return problemOfStatistic(entry, kind, figure, path);
    }
    List<String> known = new ArrayList<>(FrameworkFigures.of(kind, metrics));
    List<ComponentDescriptor> used = components.getOrDefault(step, List.of());
    for (ComponentDescriptor component : used) {
      for (String noted : component.figures()) {
        known.add(noted + ".mean");
        known.add(noted + ".sum");
      }
    }
    boolean staged =
        used.stream()
            .flatMap(component -> component.parameters().stream())
            .anyMatch(ParameterDescriptor::holdsAttacks);
    if (isAmong(figure, known)
        || isOfAPluginsMetric(figure)
        || staged && FrameworkFigures.isOfStage(figure)) {
      return Optional.empty();
    }
    if (staged) {
      known.add("stages.NAME.robust_accuracy");
    }
    List<String> shown = shown(known);
    // A group such as l2 is named once, yet its mean may be what was misspelt.
    List<String> all = Stream.concat(shown.stream(), known.stream()).distinct().toList();
    Optional<String> near = Spelling.nearest(figure, all);
    if (near.isEmpty() && !FrameworkFigures.isTaken(figure) && mayRecordMore(used)) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            "'" + entry + "' has no figure '" + figure + "'" + Spelling.didYouMean(figure, all),
            List.of(
                unmeasured(kind, figure)
                    .map(
                        metric ->
                            "it is measured by '" + metric + "', which is not among the metrics")
                    .orElse("known: " + String.join(", ", shown)))));
  }

  /** Statistics are told of rates alone, and classes have their counts beside. */
  private Optional<Problem> problemOfStatistic(
      String entry, StepKind kind, String figure, FigurePath path) {
    List<String> rates = FrameworkFigures.rates(kind, metrics);
    if (path.group().equals(FigurePath.WORST_CLASS) && !rates.contains(FigurePath.RANKING)) {
      return Optional.of(
          new Problem(
              "'" + entry + "' has no worst class, because its accuracy is not measured",
              List.of("add 'accuracy' to the metrics")));
    }
    if (path.isCount() || rates.contains(path.figure()) || isOfAPluginsMetric(path.figure())) {
      return Optional.empty();
    }
    List<String> known = path.near(rates);
    return Optional.of(
        new Problem(
            "'" + entry + "' has no figure '" + figure + "'" + Spelling.didYouMean(figure, known),
            List.of(
                known.isEmpty()
                    ? "intervals are told of rates, and none of the metrics measures one here"
                    : "known: " + String.join(", ", known))));
  }

  /** Returns what is wrong with a figure of the self-checks that an expectation names. */
  Optional<Problem> problemOfChecks(String figure) {
    if (checks.isEmpty()) {
      return Optional.of(
          new Problem(
              "there are no figures of checks, because the scenario asks for no checks",
              List.of("add check: true to the scenario, or run it with --check")));
    }
    List<String> known = CheckFigures.of(checks);
    return known.contains(figure)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "the checks have no figure '" + figure + "'" + Spelling.didYouMean(figure, known),
                List.of("known: " + String.join(", ", known))));
  }

  private static boolean isAmong(String figure, List<String> known) {
    return known.contains(figure) || known.contains(figure + ".mean");
  }

  /** What a plugin's metric measures is its own to name, below its id. */
  private boolean isOfAPluginsMetric(String figure) {
    return metrics.stream()
        .filter(metric -> !FrameworkFigures.isOwnMetric(metric))
        .anyMatch(metric -> figure.equals(metric) || figure.startsWith(metric + "."));
  }

  /** Components of others that declare no figures may still record some. */
  private static boolean mayRecordMore(List<ComponentDescriptor> used) {
    return used.stream()
        .anyMatch(
            component -> component.figures().isEmpty() && !component.source().startsWith(HONE));
  }

  private Optional<String> unmeasured(StepKind kind, String figure) {
    return FrameworkFigures.metrics().stream()
        .filter(metric -> !metrics.contains(metric))
        .filter(metric -> isAmong(figure, FrameworkFigures.of(kind, List.of(metric))))
        .filter(metric -> !isAmong(figure, FrameworkFigures.of(kind, List.of())))
        .findFirst();
  }

  /** Figures with mean, median and maximum are named once, as expectations usually name them. */
  private static List<String> shown(List<String> known) {
    return known.stream()
        .filter(figure -> !figure.endsWith(".median") && !figure.endsWith(".max"))
        .map(figure -> figure.endsWith(".mean") ? figure.substring(0, figure.length() - 5) : figure)
        .filter(
            figure ->
                !figure.startsWith(FrameworkFigures.RESTORED_AFTER)
                    || figure.length() <= FrameworkFigures.RESTORED_AFTER.length() + 2)
        .distinct()
        .toList();
  }
}
