package io.hone.engine.step;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.metric.StepKind;
import io.hone.api.model.Classifier;
import io.hone.api.run.Reason;
import io.hone.api.run.RunCancelledException;
import io.hone.api.victim.Access;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunServices.StepRun;
import io.hone.engine.context.SampleNotes;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.progress.UnitWatch;
import io.hone.host.plugin.PluginErrorException;
import io.hone.host.plugin.ThrowableText;
import io.hone.scenario.Step;
import java.util.Optional;

/**
 * Runs the component of an attack or improve step on the rows that take part, and judges the
 * outcome.
 */
final class ComponentCall {
  /** What an attack and an improver have in common, once their parameters are bound. */
  interface Work {
    void run(CountingVictim victim, Batch clean, Tensor adversarial);
  }

  private final Step step;
  private final String component;
  private final Access access;
  private final Classifier model;
  private final Judge judge;
  private final StepRun run;
  private final Cancellation cancellation;

  ComponentCall(
      Step step,
      String component,
      Access access,
      Classifier model,
      StepRun run,
      Cancellation cancellation) {
    this.step = step;
    this.component = component;
    this.access = access;
    this.model = model;
    this.judge = new Judge(model);
    this.run = run;
    this.cancellation = cancellation;
  }

  /**
   * Runs the work on some rows of a unit.
   *
   * @param result whose images hold what the step received; the rows are overwritten
   * @param rows that take part, with their labels and targets in {@code batch}
   * @param watch told of every query
   */
  void run(StepResult result, Batch batch, int[] rows, UnitWatch watch, Work work) {
    if (rows.length == 0) {
      return;
    }
    Tensor adversarial = result.images.select(rows);
    Classifier seen = step.grid8bit() ? RoundingClassifier.before(model, batch) : model;
    CountingVictim victim =
        new CountingVictim(
            seen, access, component, batch, step.queries(), cancellation, watch::asked);
    ComponentCallEvent event = new ComponentCallEvent(component);
    event.begin();
    long start = System.nanoTime();
    call(batch, () -> work.run(victim, batch, adversarial));
    // What the model sets up for the first gradient belongs to no step.
    result.seconds += Math.max(0, (System.nanoTime() - start) / 1e9 - victim.setUpSeconds());
    event.commit();
    cancellation.check();
    Judge.checkRange(component, batch, adversarial);
    if (step.grid8bit()) {
      RoundingClassifier.round(batch, adversarial);
    }
    judge.judge(result, batch, rows, adversarial);
    for (int index = 0; index < rows.length; index++) {
      int row = rows[index];
      result.images.copyRow(row, adversarial, index);
      result.attempted[row] = true;
      result.targets[row] = batch.target(index);
      result.forwardQueries[row] = victim.forwardQueries(index);
      result.gradientQueries[row] = victim.gradientQueries(index);
      result.notes[row] = run.take(batch.sample(index));
      result.reasons[row] = reason(result, row, victim.sawNoSlope(index));
    }
  }

  /**
   * Returns why a row failed, or why an improver had no direction to go. Zero gradients are the
   * framework's to tell: whatever a component gave up for then, its result shows nothing of the
   * model.
   */
  private static String reason(StepResult result, int row, boolean sawNoSlope) {
    SampleNotes notes = result.notes[row];
    if (notes.flag().isPresent()) {
      return notes.flag().get();
    }
    if (result.success[row]) {
      return sawNoSlope && result.kind() == StepKind.IMPROVE ? Reason.NO_GRADIENT : "";
    }
    if (result.predictions[row] < 0 || notes.obstacle().equals(Optional.of(Reason.NAN))) {
      return notes.obstacle().orElse(Reason.NAN);
    }
    return sawNoSlope ? Reason.NO_GRADIENT : notes.obstacle().orElse(Reason.NOT_FOUND);
  }

  private void call(Batch batch, Runnable work) {
    try {
      work.run();
    } catch (RunCancelledException | BadInputException | ComponentFailureException expected) {
      throw expected;
    } catch (RuntimeException | Error e) {
      throw new ComponentFailureException(
          component
              + " of step "
              + step.name()
              + " failed on samples "
              + batch.sample(0)
              + " to "
              + batch.sample(batch.size() - 1)
              + ": "
              + (e instanceof PluginErrorException named
                  ? named.getMessage()
                  : ThrowableText.of(e)),
          e);
    }
  }
}
