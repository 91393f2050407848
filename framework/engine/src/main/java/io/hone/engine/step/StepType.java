package io.hone.engine.step;

import io.hone.api.metric.Accumulator;
import io.hone.api.run.Setting;
import io.hone.scenario.Step;
import io.hone.scenario.StepGrammar;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A kind of step: what a scenario may write of it, and how it is run. Each kind is one package
 * below this one, found by {@link java.util.ServiceLoader}; nothing else knows its name.
 *
 * <p>Implementations hold no state.
 */
public interface StepType<S extends Record> extends StepGrammar<S> {
  /**
   * Finds what cannot work, and returns what runs the step.
   *
   * @throws io.hone.api.BadInputException naming what does not fit
   */
  StepWorker prepare(Step step, S section, StepContext context);

  /** Returns how the results name a step. */
  StepLabel label(Step step, S section);

  /**
   * Returns what a step does, in a few words.
   *
   * @param use what the results name the step's component
   * @param of what it receives
   */
  String sentence(String use, String of);

  /** Returns the queries of one sample, forward and gradient together; empty if not known. */
  default OptionalLong expectedQueries(S section, Setting setting) {
    return OptionalLong.empty();
  }

  /** Returns what is measured of every such step, whatever the metrics are, by a name for each. */
  default Map<String, Accumulator> measures() {
    return Map.of();
  }
}
