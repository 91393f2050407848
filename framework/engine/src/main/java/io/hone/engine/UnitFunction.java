package io.hone.engine;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.Verdict;
import io.hone.api.model.Classifier;
import io.hone.engine.context.Cancellation;
import io.hone.engine.data.LabelledBatch;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.journal.SampleRange;
import io.hone.engine.progress.UnitWatch;
import io.hone.engine.step.FinishedSteps;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepResult;
import io.hone.engine.step.UnitInput;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a scenario compiles to: a function from some samples to what every step makes of them. */
final class UnitFunction {
  /**
   * The samples of a unit with the results of every step.
   *
   * @param inputs the samples as the models see them: one per result
   * @param results the clean images of each model first, then one per step
   */
  record UnitResult(List<UnitInput> inputs, List<StepResult> results) {
    /** Returns the samples as the first model sees them. */
    UnitInput input() {
      return inputs.get(0);
    }
  }

  private final PreparedScenario prepared;
  private final Cancellation cancellation;

  UnitFunction(PreparedScenario prepared, Cancellation cancellation) {
    this.prepared = prepared;
    this.cancellation = cancellation;
  }

  /**
   * Runs every step on consecutive samples, but for the steps that an earlier process finished.
   *
   * @param finished what is kept of steps
   * @param watch told how far the work is
   */
  UnitResult run(SampleRange samples, FinishedSteps finished, UnitWatch watch) {
    List<UnitInput> inputs = new ArrayList<>();
    List<StepResult> results = new ArrayList<>();
    Map<String, StepResult> done = new HashMap<>();
    Map<String, UnitInput> byClean = new HashMap<>();
    LabelledBatch images =
        LabelledBatch.read(
            prepared.dataset(), samples.position(), Math.toIntExact(samples.count()));
    for (PreparedModel model : prepared.models()) {
      UnitInput input = seenBy(model, samples.position(), images);
      inputs.add(input);
      byClean.put(model.clean(), input);
      add(clean(model.clean(), input), results, done);
    }
    List<Step> steps = prepared.scenario().steps();
    for (int number = 0; number < steps.size(); number++) {
      Step step = steps.get(number);
      UnitInput input = Objects.requireNonNull(byClean.get(step.clean()));
      cancellation.check();
      watch.begin(number);
      List<StepResult> received = step.of().stream().map(done::get).toList();
      Optional<StepResult> before = finished.find(number, received);
      StepResult result =
          before.isPresent()
              ? before.get()
              : prepared.workers().get(number).run(input, received, watch);
      if (before.isEmpty()) {
        finished.add(number, result);
      }
      watch.end(before.isEmpty());
      inputs.add(input);
      add(result, results, done);
    }
    watch.done();
    return new UnitResult(inputs, results);
  }

  private static void add(
      StepResult result, List<StepResult> results, Map<String, StepResult> done) {
    results.add(result);
    done.put(result.name(), result);
  }

  private static UnitInput seenBy(PreparedModel tested, long position, LabelledBatch read) {
    Classifier model = tested.classifier();
    ImageBatch batch = read.images();
    Tensor logits = model.logits(batch);
    int[] labels = read.labels().clone();
    int[] predictions = new int[labels.length];
    for (int row = 0; row < labels.length; row++) {
      predictions[row] = logits.argmax(row);
      if (predictions[row] < 0) {
        // The corrected model or card makes another run: this run cannot go on.
        throw new BadInputException(
            "the model "
                + tested.card().name()
                + " returns NaN for the clean image of sample "
                + batch.sample(row)
                + "; check the model file and the pixel range on its card");
      }
      if (labels[row] == Dataset.NO_LABEL) {
        labels[row] = predictions[row];
      } else if (labels[row] >= model.classes()) {
        throw new ComponentFailureException(
            "the data set reads sample "
                + batch.sample(row)
                + " with the label "
                + labels[row]
                + ", but the model has classes 0 to "
                + (model.classes() - 1)
                + ". It told another label before. This is a defect of the plugin");
      }
    }
    return new UnitInput(position, batch, labels, logits, predictions);
  }

  private static StepResult clean(String name, UnitInput input) {
    List<SampleResult> samples =
        Arrays.stream(input.predictions())
            .mapToObj(
                predicted ->
                    SampleResult.of(Batch.NO_TARGET, Verdict.skipped(predicted, predicted, "")))
            .toList();
    return new StepResult(name, StepKind.CLEAN, List.of(), input.images().pixels(), samples, 0);
  }
}
