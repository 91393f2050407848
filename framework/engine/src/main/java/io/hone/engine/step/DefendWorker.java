package io.hone.engine.step;

import io.hone.api.RecoveringClassifier;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.metric.StepKind;
import io.hone.api.model.Classifier;
import io.hone.api.run.Reason;
import io.hone.engine.context.Cancellation;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.progress.UnitWatch;
import io.hone.numpy.PixelRange;
import io.hone.scenario.Step;
import io.hone.scenario.StepAction;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows every image that a step received to the protected classifier. */
public final class DefendWorker implements StepWorker {
  private static final int NO_CLASS = -1;

  private final Step step;
  private final Classifier protectedClassifier;
  private final Cancellation cancellation;

  public DefendWorker(Step step, Classifier protectedClassifier, Cancellation cancellation) {
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
    boolean[] holdsNan = check(images, emitted);
    int[] rounded = predict(Judge.rounded(images), watch);
    int[] clean = received.kind() == StepKind.CLEAN ? predictions : predict(input.images(), watch);
    StepResult result = new StepResult(step.name(), StepKind.DEFEND, received, emitted, clean);
    result.seconds = seconds;
    for (int row = 0; row < input.size(); row++) {
      // What is no image has no class, whatever a model makes of it.
      boolean answered = predictions[row] >= 0 && !holdsNan[row];
      result.predictions[row] = answered ? predictions[row] : NO_CLASS;
      result.targets[row] = received.targets[row];
      result.attempted[row] = received.attempted[row];
      String passedOn = received.success[row] ? "" : received.reasons[row];
      boolean skipped = !received.attempted[row] && !passedOn.isEmpty();
      result.reasons[row] = answered || skipped ? passedOn : Reason.NAN;
      result.success[row] = succeeds(input, received, row, result.predictions[row]);
      result.success8bit[row] = answered && succeeds(input, received, row, rounded[row]);
    }
    return result;
  }

  /**
   * Returns which images hold NaN; a model of the defense may have made it.
   *
   * @throws ComponentFailureException if other values leave [0, 1], or the shape is different
   */
  private boolean[] check(ImageBatch images, Tensor emitted) {
    if (emitted.rows() != images.size()
        || !emitted.imageShape().equals(images.pixels().imageShape())) {
      throw new ComponentFailureException(
          defenses()
              + " returned "
              + emitted.rows()
              + " images of "
              + emitted.imageShape()
              + " for "
              + images.size()
              + " of "
              + images.pixels().imageShape()
              + "; the shape must stay the same. This is a defect of the plugin");
    }
    boolean[] holdsNan = new boolean[images.size()];
    for (int row = 0; row < holdsNan.length; row++) {
      for (int feature = 0; feature < emitted.rowSize(); feature++) {
        float value = emitted.get(row, feature);
        holdsNan[row] |= Float.isNaN(value);
        if (!Float.isNaN(value) && !PixelRange.isRounded(value)) {
          throw new ComponentFailureException(
              defenses()
                  + " returned "
                  + value
                  + " as feature "
                  + feature
                  + " of sample "
                  + images.sample(row)
                  + "; every value must be in [0, 1]. This is a defect of the plugin");
        }
      }
    }
    return holdsNan;
  }

  private String defenses() {
    return "defense "
        + ((StepAction.DefendWith) step.action())
            .defenses().stream()
                .map(defense -> defense.descriptor().id())
                .collect(Collectors.joining(", "))
        + " of step "
        + step.name();
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
