package io.hone.engine.step.evaluate;

import io.hone.api.data.ImageBatch;
import io.hone.api.metric.Verdict;
import io.hone.api.model.Classifier;
import io.hone.api.run.Reason;
import io.hone.engine.context.Cancellation;
import io.hone.engine.progress.UnitWatch;
import io.hone.engine.step.Judge;
import io.hone.engine.step.OtherModel;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepResult;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.UnitInput;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows every image that a step received to another model. */
final class EvaluateWorker implements StepWorker {
  private final Step step;
  private final Classifier other;
  private final OtherModel model;
  private final Cancellation cancellation;

  EvaluateWorker(Step step, Classifier other, OtherModel model, Cancellation cancellation) {
    this.step = step;
    this.other = other;
    this.model = model;
    this.cancellation = cancellation;
  }

  @Override
  public Optional<OtherModel> other() {
    return Optional.of(model);
  }

  @Override
  public StepResult run(UnitInput input, List<StepResult> all, UnitWatch watch) {
    StepResult received = all.get(0);
    ImageBatch images = input.images().with(received.images());
    long start = System.nanoTime();
    int[] predictions = predict(images, watch);
    double seconds = (System.nanoTime() - start) / 1e9;
    int[] rounded = predict(Judge.rounded(images), watch);
    int[] clean = received.isClean() ? predictions : predict(input.images(), watch);
    List<SampleResult> samples = new ArrayList<>();
    for (int row = 0; row < input.size(); row++) {
      samples.add(
          sample(
              received.sample(row),
              input.labels()[row],
              clean[row],
              predictions[row],
              rounded[row]));
    }
    return new StepResult(step.name(), step.kind(), all, received.images(), samples, seconds);
  }

  /**
   * An example of a sample that the other model gets wrong when clean shows nothing: whatever the
   * attack did, that model was fooled before.
   */
  private static SampleResult sample(
      SampleResult received, int label, int clean, int prediction, int rounded) {
    boolean attempted = received.attempted() && clean == label;
    String reason = received.attempted() ? "" : received.verdict().reason();
    if (received.attempted() && !attempted) {
      reason = Reason.WRONG_ON_CLEAN;
    } else if (attempted && prediction < 0) {
      reason = Reason.NAN;
    }
    return SampleResult.of(
        received.target(),
        new Verdict(
            clean,
            prediction,
            attempted,
            attempted && received.wants(prediction, label),
            attempted && received.wants(rounded, label),
            reason));
  }

  private int[] predict(ImageBatch images, UnitWatch watch) {
    cancellation.check();
    int[] predictions = other.predict(images);
    watch.asked(images.size());
    return predictions;
  }
}
