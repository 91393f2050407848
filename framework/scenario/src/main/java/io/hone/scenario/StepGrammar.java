package io.hone.scenario;

import io.hone.api.metric.StepKind;
import io.hone.host.component.BoundComponent;
import java.util.List;
import java.util.Optional;

/**
 * What a scenario may write of one kind of step: its keys, and what it may receive. A kind is added
 * by one more of these; whoever reads scenarios asks them and knows no kind by name.
 *
 * @param <S> the record of the step's keys, each component with a {@link io.hone.api.Param}; one of
 *     them has the kind's name, one is the {@code id}
 */
public interface StepGrammar<S extends Record> {
  /** What the key {@code id} is, which steps of every kind have. */
  String ID = "Name of the step, unique in the scenario: lower case letters, digits, - and _.";

  /** What the key {@code of} is, for kinds that receive the step before by default. */
  String OF_STEP_BEFORE =
      "What the step receives: ids of steps before it, or clean. Default: the step before.";

  /** Returns the kind; its name is the key that tells it from other kinds. */
  StepKind kind();

  /** Returns what a step of this kind is called in messages, such as {@code improver}. */
  String noun();

  /** Returns the record of the keys. */
  Class<S> section();

  /** Returns what a step of this kind receives. */
  Reception reception();

  /** Returns the components that a step uses. */
  List<BoundComponent<?>> components(S section);

  /** Returns the goal that a step has of its own; other steps pursue that of what they receive. */
  default Optional<Goal> goal(S section) {
    return Optional.empty();
  }

  /**
   * Returns what is wrong with a step as part of its chain, and what helps; empty if nothing is.
   *
   * @param received the entries that the step receives
   */
  default Optional<String> problem(S section, List<Step> received) {
    return Optional.empty();
  }
}
