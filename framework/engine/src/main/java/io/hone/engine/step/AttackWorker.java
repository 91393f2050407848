package io.hone.engine.step;

import io.hone.api.Attack;
import io.hone.api.data.Batch;
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

/** Attacks the samples that the model classifies correctly, or all where the step says so. */
public final class AttackWorker implements StepWorker {
  private final Step step;
  private final BoundComponent<Attack<Record>> attack;
  private final StepRun run;
  private final TargetChooser targets;
  private final ComponentCall perturbation;

  public AttackWorker(
      Step step,
      BoundComponent<Attack<Record>> attack,
      Classifier model,
      TargetChooser targets,
      StepRun run,
      Cancellation cancellation) {
    this.step = step;
    this.attack = attack;
    this.run = run;
    this.targets = targets;
    this.perturbation =
        new ComponentCall(
            step,
            "attack " + attack.descriptor().id(),
            attack.instance().access(attack.parameters()),
            model,
            run,
            cancellation);
  }

  @Override
  public StepResult run(UnitInput input, Map<String, StepResult> done, UnitWatch watch) {
    StepResult clean = done.get(step.of());
    StepResult result =
        new StepResult(
            step.name(), StepKind.ATTACK, clean, clean.images.copy(), input.predictions());
    System.arraycopy(clean.predictions, 0, result.predictions, 0, input.size());
    for (int row = 0; row < input.size(); row++) {
      result.targets[row] =
          targets.target(input.logits(), row, input.labels()[row], input.images().sample(row));
      result.reasons[row] = skipReason(input, row, result.targets[row]);
    }
    int[] rows =
        IntStream.range(0, input.size()).filter(row -> result.reasons[row].isEmpty()).toArray();
    Batch batch =
        new Batch(
            input.images().select(rows),
            select(input.labels(), rows),
            select(result.targets, rows));
    perturbation.run(
        result,
        batch,
        rows,
        watch,
        (victim, images, adversarial) ->
            attack.instance().attack(attack.parameters(), victim, images, adversarial, run));
    return result;
  }

  private String skipReason(UnitInput input, int row, int target) {
    if (step.goal().targeted() && target == Batch.NO_TARGET) {
      return Reason.NO_TARGET;
    }
    if (step.goal().targeted() && target == input.labels()[row]) {
      return Reason.IS_TARGET;
    }
    boolean wrong = input.predictions()[row] != input.labels()[row];
    return wrong && !step.allSamples() ? Reason.MISCLASSIFIED : "";
  }

  static int[] select(int[] values, int[] rows) {
    return Arrays.stream(rows).map(row -> values[row]).toArray();
  }
}
