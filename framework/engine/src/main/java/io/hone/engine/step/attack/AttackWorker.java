package io.hone.engine.step.attack;

import io.hone.api.Attack;
import io.hone.api.data.Batch;
import io.hone.api.data.Dataset;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Bounds;
import io.hone.api.metric.Verdict;
import io.hone.api.run.Part;
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
import java.util.Optional;
import java.util.stream.IntStream;

/** Attacks the samples that the model classifies correctly, or all where the step says so. */
final class AttackWorker implements StepWorker {
  private final Step step;
  private final BoundComponent<Attack<Record>> attack;
  private final boolean allSamples;
  private final StepContext context;
  private final TargetChooser targets;
  private final ComponentCall call;
  private final Optional<FeatureBounds> bounds;

  AttackWorker(
      Step step, AttackSection section, StepContext context, Optional<FeatureBounds> bounds) {
    this.step = step;
    this.attack = section.attack();
    this.allSamples = section.samples() == AttackSection.Samples.ALL;
    this.context = context;
    this.targets = new TargetChooser(step.goal(), context.shared(TargetChooser.STREAM));
    this.bounds = bounds;
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
    List<Bounds> allowed = allowed(input);
    List<SampleResult> samples = new ArrayList<>();
    for (int row = 0; row < input.size(); row++) {
      int predicted = input.predictions()[row];
      int target =
          targets.target(input.logits(), row, input.labels()[row], input.images().sample(row));
      String reason = skipReason(input, row, target, allowed.get(row));
      samples.add(SampleResult.of(target, Verdict.skipped(predicted, predicted, reason)));
    }
    int[] rows =
        IntStream.range(0, input.size())
            .filter(row -> samples.get(row).verdict().reason().isEmpty())
            .toArray();
    double seconds = rows.length == 0 ? 0 : attack(input, rows, allowed, images, samples, watch);
    return new StepResult(step.name(), step.kind(), received, images, samples, seconds);
  }

  /** Writes the attacked images and what became of them; returns the seconds that it took. */
  private double attack(
      UnitInput input,
      int[] rows,
      List<Bounds> allowed,
      Tensor images,
      List<SampleResult> samples,
      UnitWatch watch) {
    Batch batch =
        new Batch(
            input.images().select(rows),
            StepResult.select(input.labels(), rows),
            IntStream.of(rows).map(row -> samples.get(row).target()).toArray(),
            IntStream.of(rows).mapToObj(allowed::get).toList());
    ComponentCall.Done done =
        call.run(
            batch,
            StepResult.select(input.predictions(), rows),
            images.select(rows),
            watch,
            (victim, unchanged, adversarial) ->
                attack
                    .instance()
                    .attack(attack.parameters(), victim, unchanged, adversarial, context.run()));
    for (int index = 0; index < rows.length; index++) {
      images.copyRow(rows[index], done.images(), index);
      samples.set(rows[index], done.samples().get(index));
    }
    return done.seconds();
  }

  @Override
  public void check(Dataset dataset) {
    bounds.ifPresent(
        files -> context.checking("bounds", () -> files.check(dataset, context.run())));
  }

  @Override
  public List<String> contents() {
    return bounds.map(FeatureBounds::contents).orElseGet(List::of);
  }

  private List<Bounds> allowed(UnitInput input) {
    return IntStream.range(0, input.size())
        .mapToObj(
            row -> bounds.map(known -> known.of(input.images().sample(row))).orElse(Bounds.PIXELS))
        .toList();
  }

  @Override
  public List<Part> parts() {
    return context.run().parts();
  }

  private String skipReason(UnitInput input, int row, int target, Bounds allowed) {
    if (step.goal().targeted() && target == Batch.NO_TARGET) {
      return Reason.NO_TARGET;
    }
    if (step.goal().targeted() && target == input.labels()[row]) {
      return Reason.IS_TARGET;
    }
    boolean wrong = input.predictions()[row] != input.labels()[row];
    if (wrong && !allSamples) {
      return Reason.MISCLASSIFIED;
    }
    boolean outside = !allowed.areAllPixels() && !allowed.holds(input.images().pixels().row(row));
    return outside ? Reason.OUTSIDE_BOUNDS : "";
  }
}
