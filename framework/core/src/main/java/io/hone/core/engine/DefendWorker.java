package io.hone.core.engine;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.defense.RecoveringClassifier;
import io.hone.api.metric.StepKind;
import io.hone.api.model.Classifier;
import io.hone.api.tensor.Tensor;
import io.hone.core.scenario.Step;
import java.util.Map;

/** Shows every image that a step received to the protected classifier. */
final class DefendWorker implements StepWorker {
  private final Step step;
  private final Classifier protectedClassifier;
  private final Cancellation cancellation;

  DefendWorker(Step step, Classifier protectedClassifier, Cancellation cancellation) {
    this.step = step;
    this.protectedClassifier = protectedClassifier;
    this.cancellation = cancellation;
  }

  @Override
  public StepResult run(UnitInput input, Map<String, StepResult> done, UnitWatch watch) {
    StepResult received = done.get(step.of());
    ImageBatch images = input.images().with(received.images);
    long start = System.nanoTime();
    int[] predictions = predict(images, watch);
    Tensor emitted =
        protectedClassifier instanceof RecoveringClassifier recovering
            ? recovering.recover(images).pixels()
            : received.images;
    double seconds = (System.nanoTime() - start) / 1e9;
    watch.asked(emitted == received.images ? 0 : images.size());
    int[] rounded = predict(Judge.rounded(images), watch);
    int[] clean = received.kind() == StepKind.CLEAN ? predictions : predict(input.images(), watch);
    StepResult result = new StepResult(step.name(), StepKind.DEFEND, received, emitted, clean);
    result.seconds = seconds;
    for (int row = 0; row < input.size(); row++) {
      result.predictions[row] = predictions[row];
      result.targets[row] = received.targets[row];
      result.attempted[row] = received.attempted[row];
      result.reasons[row] = received.success[row] ? "" : received.reasons[row];
      result.success[row] = succeeds(input, received, row, predictions[row]);
      result.success8bit[row] = succeeds(input, received, row, rounded[row]);
    }
    return result;
  }

  private int[] predict(ImageBatch images, UnitWatch watch) {
    cancellation.check();
    int[] predictions = protectedClassifier.predict(images);
    watch.asked(images.size());
    return predictions;
  }

  private static boolean succeeds(UnitInput input, StepResult received, int row, int predicted) {
    if (!received.attempted[row] || predicted < 0) {
      return false;
    }
    int target = received.targets[row];
    return target == Batch.NO_TARGET ? predicted != input.labels()[row] : predicted == target;
  }
}
