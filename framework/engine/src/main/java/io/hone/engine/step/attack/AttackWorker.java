package io.hone.engine.step.attack;

import io.hone.api.Attack;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Verdict;
import io.hone.api.run.Reason;
import io.hone.engine.progress.UnitWatch;
import io.hone.engine.step.ComponentCall;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepContext;
import io.hone.engine.step.StepResult;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.UnitInput;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Attacks the samples that the model classifies correctly, or all where the step says so. */
final class AttackWorker implements StepWorker {
  private final Step step;
  private final BoundComponent<Attack<Record>> attack;
  private final boolean allSamples;
  private final StepContext context;
  private final TargetChooser targets;
  private final ComponentCall call;

  AttackWorker(Step step, AttackSection section, StepContext context) {
    this.step = step;
    this.attack = section.attack();
    this.allSamples = section.samples() == AttackSection.Samples.ALL;
    this.context = context;
    this.targets = new TargetChooser(step.goal(), context.shared(TargetChooser.STREAM));
    this.call =
        new ComponentCall(
            context,
            section,
            "attack " + attack.descriptor().id(),
            attack.instance().access(attack.parameters()));
  }

  @Override
  public StepResult run(UnitInput input, List<StepResult> received, UnitWatch watch) {
    Tensor images = input.images().pixels().copy();
    List<SampleResult> samples = new ArrayList<>();
    for (int row = 0; row < input.size(); row++) {
      int predicted = input.predictions()[row];
      int target =
          targets.target(input.logits(), row, input.labels()[row], input.images().sample(row));
      String reason = skipReason(input, row, target);
      samples.add(SampleResult.of(target, Verdict.skipped(predicted, predicted, reason)));
    }
    int[] rows =
        IntStream.range(0, input.size())
            .filter(row -> samples.get(row).verdict().reason().isEmpty())
            .toArray();
    double seconds = 0;
    if (rows.length > 0) {
      Tensor clean = images.select(rows);
      int[] wanted = IntStream.of(rows).map(row -> samples.get(row).target()).toArray();
      Batch batch =
          new Batch(input.images().select(rows), StepResult.select(input.labels(), rows), wanted);
      ComponentCall.Done done =
          call.run(
              batch,
              StepResult.select(input.predictions(), rows),
              clean,
              watch,
              (victim, unchanged, adversarial) ->
                  attack
                      .instance()
                      .attack(attack.parameters(), victim, unchanged, adversarial, context.run()));
      for (int index = 0; index < rows.length; index++) {
        images.copyRow(rows[index], done.images(), index);
        samples.set(rows[index], done.samples().get(index));
      }
      seconds = done.seconds();
    }
    return new StepResult(step.name(), step.kind(), received, images, samples, seconds);
  }

  private String skipReason(UnitInput input, int row, int target) {
    if (step.goal().targeted() && target == Batch.NO_TARGET) {
      return Reason.NO_TARGET;
    }
    if (step.goal().targeted() && target == input.labels()[row]) {
      return Reason.IS_TARGET;
    }
    boolean wrong = input.predictions()[row] != input.labels()[row];
    return wrong && !allSamples ? Reason.MISCLASSIFIED : "";
  }
}
