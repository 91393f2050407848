package io.hone.engine.step.defend;

import io.hone.api.RecoveringClassifier;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Verdict;
import io.hone.api.model.Classifier;
import io.hone.api.run.Reason;
import io.hone.engine.context.Cancellation;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.progress.UnitWatch;
import io.hone.engine.step.Judge;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepResult;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.UnitInput;
import io.hone.numpy.PixelRange;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.List;

/** Shows every image that a step received to the protected classifier. */
final class DefendWorker implements StepWorker {
  private static final int NO_CLASS = -1;

  private final Step step;
  private final String defenses;
  private final Classifier protectedClassifier;
  private final Cancellation cancellation;

  DefendWorker(
      Step step, String defenses, Classifier protectedClassifier, Cancellation cancellation) {
    this.step = step;
    this.defenses = "defense " + defenses + " of step " + step.name();
    this.protectedClassifier = protectedClassifier;
    this.cancellation = cancellation;
  }

  @Override
  public StepResult run(UnitInput input, List<StepResult> all, UnitWatch watch) {
    StepResult received = all.get(0);
    ImageBatch images = input.images().with(received.images());
    long start = System.nanoTime();
    int[] predictions = predict(images, watch);
    Tensor emitted =
        protectedClassifier instanceof RecoveringClassifier recovering
            ? recovering.recover(images).pixels()
            : received.images();
    double seconds = (System.nanoTime() - start) / 1e9;
    watch.asked(emitted == received.images() ? 0 : images.size());
    boolean[] holdsNan = check(images, emitted);
    int[] rounded = predict(Judge.rounded(images), watch);
    int[] clean = received.isClean() ? predictions : predict(input.images(), watch);
    List<SampleResult> samples = new ArrayList<>();
    for (int row = 0; row < input.size(); row++) {
      // What is no image has no class, whatever a model makes of it.
      boolean answered = predictions[row] >= 0 && !holdsNan[row];
      samples.add(
          sample(
              received.sample(row),
              input.labels()[row],
              clean[row],
              answered ? predictions[row] : NO_CLASS,
              answered ? rounded[row] : NO_CLASS));
    }
    return new StepResult(step.name(), step.kind(), all, emitted, samples, seconds);
  }

  private static SampleResult sample(
      SampleResult received, int label, int clean, int prediction, int rounded) {
    String passedOn = received.success() ? "" : received.verdict().reason();
    boolean skipped = !received.attempted() && !passedOn.isEmpty();
    return SampleResult.of(
        received.target(),
        new Verdict(
            clean,
            prediction,
            received.attempted(),
            received.attempted() && received.wants(prediction, label),
            received.attempted() && received.wants(rounded, label),
            prediction >= 0 || skipped ? passedOn : Reason.NAN));
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
          defenses
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
              defenses
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

  private int[] predict(ImageBatch images, UnitWatch watch) {
    cancellation.check();
    int[] predictions = protectedClassifier.predict(images);
    watch.asked(images.size());
    return predictions;
  }
}
