package io.hone.scenario;

import io.hone.api.metric.StepKind;
import io.hone.host.component.BoundComponent;
import java.util.List;
import java.util.Optional;

/**
 * What a scenario says of a step, with its components bound to their parameters.
 *
 * @param grammar of the step's kind
 * @param section the step's keys
 */
public record StepContent<S extends Record>(StepGrammar<S> grammar, S section) {
  /** Returns the kind of the step. */
  public StepKind kind() {
    return grammar.kind();
  }

  /** Returns the components that the step uses. */
  public List<BoundComponent<?>> components() {
    return grammar.components(section);
  }

  /** Returns the goal that the step has of its own. */
  public Optional<Goal> goal() {
    return grammar.goal(section);
  }

  /** Returns what is wrong with the step as part of its chain. */
  public Optional<String> problem(List<Step> received) {
    return grammar.problem(section, received);
  }
}
