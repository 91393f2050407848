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
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.journal.SampleRange;
import io.hone.engine.progress.UnitWatch;
import io.hone.engine.step.FinishedSteps;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepResult;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.UnitInput;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a scenario compiles to: a function from some samples to what every step makes of them. */
final class UnitFunction {
  /** The samples of a unit with the results of every step, the clean step first. */
  record UnitResult(UnitInput input, List<StepResult> steps) {}

  private final Dataset dataset;
  private final Classifier model;
  private final List<Step> steps;
  private final List<StepWorker> workers;
  private final Cancellation cancellation;

  UnitFunction(PreparedScenario prepared, Cancellation cancellation) {
    this.dataset = prepared.dataset();
    this.model = prepared.model();
    this.steps = prepared.scenario().steps();
    this.workers = prepared.workers();
    this.cancellation = cancellation;
  }

  /**
   * Runs every step on consecutive samples, but for the steps that an earlier process finished.
   *
   * @param finished what is kept of steps
   * @param watch told how far the work is
   */
  UnitResult run(SampleRange samples, FinishedSteps finished, UnitWatch watch) {
    UnitInput input = read(samples.position(), Math.toIntExact(samples.count()));
    List<StepResult> results = new ArrayList<>();
    Map<String, StepResult> done = new LinkedHashMap<>();
    add(clean(input), results, done);
    for (int step = 0; step < workers.size(); step++) {
      cancellation.check();
      watch.begin(step);
      List<StepResult> received = steps.get(step).of().stream().map(done::get).toList();
      Optional<StepResult> before = finished.find(step, received);
      StepResult result =
          before.isPresent() ? before.get() : workers.get(step).run(input, received, watch);
      if (before.isEmpty()) {
        finished.add(step, result);
      }
      watch.end(before.isEmpty());
      add(result, results, done);
    }
    watch.done();
    return new UnitResult(input, results);
  }

  private static void add(
      StepResult result, List<StepResult> results, Map<String, StepResult> done) {
    results.add(result);
    done.put(result.name(), result);
  }

  private UnitInput read(long position, int count) {
    Tensor pixels = Tensor.images(count, dataset.shape());
    int[] labels = new int[count];
    dataset.read(position, pixels, labels);
    long[] samples = new long[count];
    for (int row = 0; row < count; row++) {
      samples[row] = dataset.sample(position + row);
    }
    ImageBatch images = new ImageBatch(pixels, samples);
    Tensor logits = model.logits(images);
    int[] predictions = new int[count];
    for (int row = 0; row < count; row++) {
      predictions[row] = logits.argmax(row);
      if (predictions[row] < 0) {
        // The corrected model or card makes another run: this run cannot go on.
        throw new BadInputException(
            "the model returns NaN for the clean image of sample "
                + samples[row]
                + "; check the model file and the pixel range on its card");
      }
      if (labels[row] == Dataset.NO_LABEL) {
        labels[row] = predictions[row];
      } else if (labels[row] >= model.classes()) {
        throw new ComponentFailureException(
            "the data set reads sample "
                + samples[row]
                + " with the label "
                + labels[row]
                + ", but the model has classes 0 to "
                + (model.classes() - 1)
                + ". It told another label before. This is a defect of the plugin");
      }
    }
    return new UnitInput(position, images, labels, logits, predictions);
  }

  private static StepResult clean(UnitInput input) {
    List<SampleResult> samples =
        Arrays.stream(input.predictions())
            .mapToObj(
                predicted ->
                    SampleResult.of(Batch.NO_TARGET, Verdict.skipped(predicted, predicted, "")))
            .toList();
    return new StepResult(
        Step.CLEAN, StepKind.CLEAN, List.of(), input.images().pixels(), samples, 0);
  }
}
