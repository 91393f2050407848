package io.hone.core.engine;

import io.hone.api.data.Batch;
import io.hone.api.improve.Improver;
import io.hone.api.metric.StepKind;
import io.hone.api.model.Classifier;
import io.hone.core.component.BoundComponent;
import io.hone.core.engine.RunServices.StepRun;
import io.hone.core.metrics.EightBit;
import io.hone.core.scenario.Step;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** Improves the successes that a step received; all other images pass through. */
final class ImproveWorker implements StepWorker {
  static final String NOT_ADVERSARIAL = "not-adversarial";

  /** The reason of a success that came back exactly as it was. */
  static final String NOT_IMPROVED = "not-improved";

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
    int[] labels = AttackWorker.select(received.predictions, rows);
    RestorationTrace[] traces = traces(received, batch, rows);
    perturbation.run(
        result,
        batch,
        rows,
        (victim, images, adversarial) ->
            improver
                .instance()
                .improve(
                    improver.parameters(),
                    new TracingVictim(victim, images, labels, traces),
                    images,
                    adversarial,
                    run));
    for (int index = 0; index < rows.length; index++) {
      int row = rows[index];
      result.traces[row] = traces[index];
      if (result.reasons[row].isEmpty() && unchanged(received, result, row)) {
        result.reasons[row] = NOT_IMPROVED;
      }
    }
    return result;
  }

  /** Goes on with the traces of an improver, or starts with what the attack changed. */
  private static RestorationTrace[] traces(StepResult received, Batch clean, int[] rows) {
    RestorationTrace[] traces = new RestorationTrace[rows.length];
    for (int index = 0; index < rows.length; index++) {
      RestorationTrace before = received.traces[rows[index]];
      traces[index] =
          before != null
              ? before.continued()
              : new RestorationTrace(
                  EightBit.differing(received.images.row(rows[index]), clean.pixels().row(index)));
    }
    return traces;
  }

  private static boolean unchanged(StepResult received, StepResult result, int row) {
    return Arrays.equals(received.images.row(row), result.images.row(row));
  }
}
