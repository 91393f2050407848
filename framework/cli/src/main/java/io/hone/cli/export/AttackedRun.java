package io.hone.cli.export;

import io.hone.api.BadInputException;
import io.hone.api.metric.StepKind;
import io.hone.engine.results.Distrust;
import io.hone.engine.results.Status;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.host.component.PixelSize;
import io.hone.scenario.diagnostics.Spelling;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a run found of a model under one attack.
 *
 * @param summary of the run
 * @param clean the clean images of the attacked model
 * @param attack the step that attacks them
 */
record AttackedRun(Summary summary, StepSummary clean, StepSummary attack) {
  private static final String ATTACK = "attack";
  private static final String ACCURACY = "accuracy";

  /**
   * Finds the attack of a run.
   *
   * @param name of the step; empty for the only attack
   * @throws BadInputException if the run did not complete, or no attack can be told
   */
  static AttackedRun of(Summary summary, Optional<String> name) {
    if (!summary.status().equals(Status.COMPLETED.word())) {
      throw new BadInputException(
          "the run "
              + summary.name()
              + " is "
              + summary.status()
              + ", so its figures are of some samples only; finish it with hone run --resume");
    }
    List<StepSummary> attacks =
        summary.steps().stream().filter(step -> step.kind().equals(ATTACK)).toList();
    StepSummary attack =
        name.map(wanted -> named(wanted, summary, attacks)).orElseGet(() -> only(attacks));
    StepSummary clean =
        summary.steps().stream()
            .filter(step -> step.kind().equals(StepKind.CLEAN.name()))
            .filter(step -> step.name().equals(attack.of().first()))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "the step "
                            + attack.name()
                            + " did not receive the clean images; name an attack that did"));
    return new AttackedRun(summary, clean, attack);
  }

  private static StepSummary named(String name, Summary summary, List<StepSummary> attacks) {
    StepSummary found =
        summary.steps().stream()
            .filter(step -> step.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--step: there is no result '"
                            + name
                            + "'"
                            + Spelling.didYouMean(name, names(attacks))
                            + "; "
                            + known(attacks)));
    if (!attacks.contains(found)) {
      throw new BadInputException(
          "--step: " + name + " is no attack but of kind " + found.kind() + "; " + known(attacks));
    }
    return found;
  }

  private static StepSummary only(List<StepSummary> attacks) {
    if (attacks.size() != 1) {
      throw new BadInputException(
          attacks.isEmpty()
              ? "the run has no attack; run a scenario with a step attack"
              : "the run has "
                  + attacks.size()
                  + " attacks; choose with --step; "
                  + known(attacks));
    }
    return attacks.get(0);
  }

  private static List<String> names(List<StepSummary> attacks) {
    return attacks.stream().map(StepSummary::name).toList();
  }

  private static String known(List<StepSummary> attacks) {
    return attacks.isEmpty()
        ? "the run has no attack"
        : "its attacks: " + String.join(", ", names(attacks));
  }

  /** Returns the share of clean images that the model classifies correctly. */
  double cleanAccuracy() {
    return accuracy(clean);
  }

  /** Returns the share of all images that the model classifies correctly under the attack. */
  double robustAccuracy() {
    return accuracy(attack);
  }

  private static double accuracy(StepSummary step) {
    return step.find(ACCURACY)
        .orElseThrow(
            () ->
                new BadInputException(
                    "the result "
                        + step.name()
                        + " has no accuracy; add accuracy to the scenario's metrics and run it"
                        + " again"));
  }

  /** Returns the codes of what speaks against the two accuracies, accepted or not. */
  Set<String> doubts() {
    Set<String> codes = new LinkedHashSet<>();
    for (StepSummary step : List.of(clean, attack)) {
      step.distrusting(ACCURACY).stream().map(Distrust::code).forEach(codes::add);
    }
    return codes;
  }

  /** Returns the radius of the ball that the attack stays in, where it has one. */
  OptionalDouble radius() {
    return radiusValue()
        .map(
            value ->
                value instanceof Number number
                    ? OptionalDouble.of(number.doubleValue())
                    : PixelSize.parse(value.toString()))
        .orElseGet(OptionalDouble::empty);
  }

  /** The matrix may vary it: then the variant tells the value of this entry. */
  private Optional<Object> radiusValue() {
    if (attack.radius().isEmpty()) {
      return Optional.empty();
    }
    Optional<Object> varied =
        attack.variant().entrySet().stream()
            .filter(axis -> axis.getKey().matches("(.*\\.)?" + attack.radius()))
            .map(Map.Entry::getValue)
            .findFirst();
    return varied.or(() -> parameter(attack.radius()));
  }

  /** Returns a parameter of the attack, as the effective scenario tells it. */
  Optional<Object> parameter(String name) {
    return setting(ATTACK, "with", name);
  }

  /** Returns a key of the attack's step. */
  Optional<Object> setting(String... path) {
    return step().flatMap(step -> at(step, path));
  }

  /** Returns a value of the scenario. */
  Optional<Object> ofScenario(String... path) {
    return at(summary.scenario(), path);
  }

  private Optional<Object> step() {
    return ofScenario("steps").stream()
        .filter(List.class::isInstance)
        .flatMap(steps -> ((List<?>) steps).stream())
        .filter(step -> at(step, "id").equals(Optional.of(attack.id())))
        .map(Object.class::cast)
        .findFirst();
  }

  private static Optional<Object> at(Object tree, String... path) {
    Object value = tree;
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return Optional.ofNullable(value);
  }
}
