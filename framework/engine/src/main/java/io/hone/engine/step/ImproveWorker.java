package io.hone.engine.step;

import io.hone.api.Improver;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.EightBit;
import io.hone.api.metric.StepKind;
import io.hone.api.model.Classifier;
import io.hone.api.run.Reason;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunServices.StepRun;
import io.hone.engine.progress.UnitWatch;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Step;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** Improves the successes that a step received; all other images pass through. */
public final class ImproveWorker implements StepWorker {
  private final Step step;
  private final BoundComponent<Improver<Record>> improver;
  private final StepRun run;
  private final ComponentCall perturbation;
  private final GridStart gridStart;

  public ImproveWorker(
      Step step,
      BoundComponent<Improver<Record>> improver,
      Classifier model,
      StepRun run,
      Cancellation cancellation) {
    this.step = step;
    this.improver = improver;
    this.run = run;
    this.perturbation =
        new ComponentCall(
            step,
            "improver " + improver.descriptor().id(),
            improver.instance().access(improver.parameters()),
            model,
            run,
            cancellation);
    this.gridStart = new GridStart(model);
  }

  @Override
  public StepResult run(UnitInput input, Map<String, StepResult> done, UnitWatch watch) {
    StepResult received = done.get(step.of());
    StepResult result =
        new StepResult(
            step.name(), StepKind.IMPROVE, received, received.images.copy(), input.predictions());
    for (int row = 0; row < input.size(); row++) {
      result.predictions[row] = received.predictions[row];
      result.targets[row] = received.targets[row];
      result.reasons[row] = Reason.NOT_ADVERSARIAL;
    }
    int[] rows = IntStream.range(0, input.size()).filter(row -> received.success[row]).toArray();
    Batch batch =
        new Batch(
            input.images().select(rows),
            AttackWorker.select(input.labels(), rows),
            AttackWorker.select(received.targets, rows));
    Tensor start = received.images.select(rows);
    Tensor untouched = step.grid8bit() ? toGrid(start, received, batch, rows) : start;
    for (int index = 0; index < rows.length; index++) {
      result.images.copyRow(rows[index], start, index);
    }
    int[] labels = AttackWorker.select(received.predictions, rows);
    RestorationTrace[] traces = traces(received, batch, rows);
    perturbation.run(
        result,
        batch,
        rows,
        watch,
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
      boolean asBefore = Arrays.equals(untouched.row(index), result.images.row(row));
      if (lost(received, result, row)) {
        giveBack(received, result, row);
        String reason = step.grid8bit() && asBefore ? Reason.LOST_BY_ROUNDING : Reason.LABEL_LOST;
        result.reasons[row] = result.notes[row].flag().orElse(reason);
      } else if (result.reasons[row].isEmpty() && asBefore) {
        result.reasons[row] = Reason.NOT_IMPROVED;
      }
    }
    return result;
  }

  /**
   * Moves examples to where the improver should start, and returns what they are emitted as where
   * it leaves them alone.
   */
  private Tensor toGrid(Tensor start, StepResult received, Batch batch, int[] rows) {
    boolean[] survives = new boolean[rows.length];
    for (int index = 0; index < rows.length; index++) {
      survives[index] = received.success8bit[rows[index]];
    }
    return gridStart.choose(batch, start, survives);
  }

  /** On the grid the class to keep is that of the rounded image, which only the improver asked. */
  private boolean lost(StepResult received, StepResult result, int row) {
    return !result.success[row]
        || !step.grid8bit() && result.predictions[row] != received.predictions[row];
  }

  /** No improver ever loses an example: a success that is none any more stays what it was. */
  private static void giveBack(StepResult received, StepResult result, int row) {
    result.images.copyRow(row, received.images, row);
    result.predictions[row] = received.predictions[row];
    result.success[row] = received.success[row];
    result.success8bit[row] = received.success8bit[row];
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
}
