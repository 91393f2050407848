package io.hone.scenario;

import io.hone.api.metric.StepKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One result entry of a scenario: a step for one {@code of} and one point of the matrix.
 *
 * @param name unique: {@code fgsm}, {@code recover@fgsm}, {@code learned[threshold=0.96]}
 * @param id the step's id; random streams are keyed by it, so variants are paired
 * @param clean the name of the data set's own images that its chain starts from: {@link #CLEAN}, or
 *     {@code clean[card=a]} where the model varies
 * @param received the entries it receives; none where it receives the data set's images
 * @param variant the axes it depends on, by the last part of their path; empty without a matrix
 * @param content what it does
 * @param goal the scenario's, the step's own, or that of what it receives
 * @param sweep the results over every target of the matrix that it is one of, if it is
 * @param places where things are at its point of the matrix, for errors that show only later
 */
public record Step(
    String name,
    String id,
    String clean,
    List<Step> received,
    Map<String, Object> variant,
    StepContent<?> content,
    Goal goal,
    Optional<TargetSweep> sweep,
    ScenarioPlaces places) {
  /** The name of the reserved step that stands for the data set's images. */
  public static final String CLEAN = "clean";

  public Step {
    received = List.copyOf(received);
  }

  /** Returns the names of the entries it receives, at least one. */
  public List<String> of() {
    return received.isEmpty() ? List.of(clean) : received.stream().map(Step::name).toList();
  }

  /** Returns the kind of the step. */
  public StepKind kind() {
    return content.kind();
  }
}
