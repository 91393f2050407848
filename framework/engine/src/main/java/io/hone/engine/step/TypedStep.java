package io.hone.engine.step;

import io.hone.api.metric.Accumulator;
import io.hone.api.metric.StepKind;
import io.hone.api.run.Setting;
import io.hone.scenario.Step;
import io.hone.scenario.StepContent;
import java.util.Map;
import java.util.OptionalLong;

/** A step together with the type that runs it. */
public final class TypedStep<S extends Record> {
  private final Step step;
  private final StepType<S> type;
  private final S section;

  private TypedStep(Step step, StepContent<S> content) {
    if (!(content.grammar() instanceof StepType<S> runnable)) {
      throw new IllegalArgumentException(
          "steps of kind " + content.kind() + " can be read, but not run");
    }
    this.step = step;
    this.type = runnable;
    this.section = content.section();
  }

  /** Returns a step with its type. */
  public static TypedStep<?> of(Step step) {
    return of(step, step.content());
  }

  private static <S extends Record> TypedStep<S> of(Step step, StepContent<S> content) {
    return new TypedStep<>(step, content);
  }

  /** Returns the kind of the step. */
  public StepKind kind() {
    return type.kind();
  }

  /** Returns what runs the step, once everything was found to fit. */
  public StepWorker prepare(StepContext context) {
    return type.prepare(step, section, context);
  }

  /** Returns how the results name the step. */
  public StepLabel label() {
    return type.label(step, section);
  }

  /** Returns the queries of one sample, forward and gradient together; empty if not known. */
  public OptionalLong expectedQueries(Setting setting) {
    return type.expectedQueries(section, setting);
  }

  /** Returns what is measured whatever the metrics are, by a name for each. */
  public Map<String, Accumulator> measures() {
    return type.measures();
  }
}
