package io.hone.engine.step;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.metric.Verdict;
import io.hone.api.model.Classifier;
import io.hone.api.run.Reason;
import io.hone.api.run.RunCancelledException;
import io.hone.api.victim.Access;
import io.hone.engine.context.SampleNotes;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.progress.UnitWatch;
import io.hone.host.plugin.PluginErrorException;
import io.hone.host.plugin.ThrowableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs the component of a step on the samples that take part, and judges the outcome.
 *
 * <p>A component that starts from examples is an improver: it may fail to find a direction and
 * still return successes.
 */
public final class ComponentCall {
  /** What attacks and improvers have in common, once their parameters are bound. */
  public interface Work {
    /** Writes adversarial examples. */
    void run(CountingVictim victim, Batch clean, Tensor adversarial);
  }

  /**
   * What a component made of the samples that took part.
   *
   * @param images that it emitted
   * @param samples one per image
   * @param seconds that it took
   */
  public record Done(Tensor images, List<SampleResult> samples, double seconds) {}

  private final StepContext context;
  private final SearchSection search;
  private final String component;
  private final Access access;
  private final boolean improves;

  /**
   * Creates a call.
   *
   * @param search the step's keys
   * @param component named in errors, such as {@code attack fgsm}
   * @param access that the component declares
   */
  public ComponentCall(StepContext context, SearchSection search, String component, Access access) {
    this.context = context;
    this.search = search;
    this.component = component;
    this.access = access;
    this.improves = context.step().kind().has(Trait.IMPROVES);
  }

  /**
   * Runs the work.
   *
   * @param batch the samples that take part, at least one
   * @param cleanPredictions classes of their clean images
   * @param start what the component starts from; not written to
   * @param watch told of every query
   */
  public Done run(Batch batch, int[] cleanPredictions, Tensor start, UnitWatch watch, Work work) {
    Tensor adversarial = start.copy();
    Classifier seen =
        search.onGrid() ? RoundingClassifier.before(context.model(), batch) : context.model();
    CountingVictim victim =
        new CountingVictim(
            seen, access, component, batch, search.budget(), context.cancellation(), watch::asked);
    ComponentCallEvent event = new ComponentCallEvent(component);
    event.begin();
    long began = System.nanoTime();
    call(batch, () -> work.run(victim, batch, adversarial));
    // What the model sets up for the first gradient belongs to no step.
    double seconds = Math.max(0, (System.nanoTime() - began) / 1e9 - victim.setUpSeconds());
    event.commit();
    context.cancellation().check();
    Judge.checkRange(component, "sample", batch, adversarial);
    if (search.onGrid()) {
      RoundingClassifier.round(batch, adversarial);
    }
    Judge judge = Judge.of(context.model(), batch.images().with(adversarial));
    List<SampleResult> samples = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      SampleNotes notes = context.run().take(batch.sample(row));
      victim.tellParts(row, notes);
      int prediction = judge.predictions()[row];
      boolean success = batch.succeeds(row, prediction);
      Verdict verdict =
          new Verdict(
              cleanPredictions[row],
              prediction,
              true,
              success,
              batch.succeeds(row, judge.rounded()[row]),
              reason(notes, prediction, success, victim.sawNoSlope(row)));
      samples.add(
          new SampleResult(
              batch.target(row),
              verdict,
              victim.forwardQueries(row),
              victim.gradientQueries(row),
              notes,
              Optional.empty(),
              0));
    }
    return new Done(adversarial, samples, seconds);
  }

  /**
   * Returns why a sample failed, or why an improver had no direction to go. Zero gradients are the
   * framework's to tell: whatever a component gave up for then, its result shows nothing of the
   * model.
   */
  private String reason(SampleNotes notes, int prediction, boolean success, boolean sawNoSlope) {
    if (notes.flag().isPresent()) {
      return notes.flag().get();
    }
    if (success) {
      return sawNoSlope && improves ? Reason.NO_GRADIENT : "";
    }
    if (prediction < 0 || notes.obstacle().equals(Optional.of(Reason.NAN))) {
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
              + context.step().name()
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
