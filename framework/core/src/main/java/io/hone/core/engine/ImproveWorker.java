package io.hone.core.engine;

import io.hone.api.data.Batch;
import io.hone.api.improve.Improver;
import io.hone.api.metric.StepKind;
import io.hone.api.model.Classifier;
import io.hone.core.component.BoundComponent;
import io.hone.core.engine.RunServices.StepRun;
import io.hone.core.scenario.Step;
import java.util.Map;
import java.util.stream.IntStream;

/** Improves the successes that a step received; all other images pass through. */
final class ImproveWorker implements StepWorker {
  static final String NOT_ADVERSARIAL = "not-adversarial";

  private final Step step;
  private final BoundComponent<Improver<Record>> improver;
  private final StepRun run;
  private final Perturbation perturbation;

  ImproveWorker(
      Step step,
      BoundComponent<Improver<Record>> improver,
      Classifier model,
      StepRun run,
      Cancellation cancellation) {
    this.step = step;
    this.improver = improver;
    this.run = run;
    this.perturbation =
        new Perturbation(
            step,
            "improver " + improver.descriptor().id(),
            improver.instance().access(improver.parameters()),
            model,
            run,
            cancellation);
  }

  @Override
  public StepResult run(UnitInput input, Map<String, StepResult> done) {
    StepResult received = done.get(step.of());
    StepResult result =
        new StepResult(
            step.name(), StepKind.IMPROVE, received, received.images.copy(), input.predictions());
    for (int row = 0; row < input.size(); row++) {
      result.predictions[row] = received.predictions[row];
      result.targets[row] = received.targets[row];
      result.reasons[row] = NOT_ADVERSARIAL;
    }
    int[] rows = IntStream.range(0, input.size()).filter(row -> received.success[row]).toArray();
    Batch batch =
        new Batch(
            input.images().select(rows),
            AttackWorker.select(input.labels(), rows),
            AttackWorker.select(received.targets, rows));
    perturbation.run(
        result,
        batch,
        rows,
        (victim, images, adversarial) ->
            improver.instance().improve(improver.parameters(), victim, images, adversarial, run));
    return result;
  }
}
