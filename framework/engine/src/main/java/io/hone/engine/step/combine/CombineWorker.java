package io.hone.engine.step.combine;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.metric.DistanceMeter;
import io.hone.api.run.Reason;
import io.hone.engine.progress.UnitWatch;
import io.hone.engine.step.Distance;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepResult;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.UnitInput;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Chooses one of the received results for each sample. Of equally near successes the one that the
 * scenario names first is chosen; of failures the first that tells of the model and not of its
 * gradients.
 */
final class CombineWorker implements StepWorker {
  /** Reasons for a failure that show nothing of the model. */
  private static final Set<String> BLIND = Set.of(Reason.NO_GRADIENT, Reason.NAN);

  private final Step step;
  private final Distance distance;
  private final DistanceMeter meter;

  CombineWorker(Step step, Distance distance, ImageShape shape) {
    this.step = step;
    this.distance = distance;
    this.meter = new DistanceMeter(shape);
  }

  @Override
  public StepResult run(UnitInput input, List<StepResult> received, UnitWatch watch) {
    long start = System.nanoTime();
    Tensor images = input.images().pixels().copy();
    List<SampleResult> samples = new ArrayList<>();
    for (int row = 0; row < input.size(); row++) {
      int source = source(received, row, input.images().pixels().row(row));
      images.copyRow(row, received.get(source).images(), row);
      samples.add(chosen(received.get(source).sample(row), source));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new StepResult(step.name(), step.kind(), received, images, samples, seconds);
  }

  private static SampleResult chosen(SampleResult sample, int source) {
    SampleResult chosen = SampleResult.of(sample.target(), sample.verdict()).from(source);
    // An improver of what was combined goes on with the trace of the chain that was chosen.
    return sample.trace().map(chosen::with).orElse(chosen);
  }

  private int source(List<StepResult> received, int row, float[] clean) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int source = 0; source < received.size(); source++) {
      StepResult step = received.get(source);
      if (step.sample(row).success()) {
        double found = distance.of(meter.between(clean, step.images().row(row)));
        if (nearest < 0 || found < least) {
          nearest = source;
          least = found;
        }
      }
    }
    return nearest >= 0 ? nearest : failure(received, row);
  }

  private static int failure(List<StepResult> received, int row) {
    int first = -1;
    for (int source = 0; source < received.size(); source++) {
      SampleResult sample = received.get(source).sample(row);
      if (sample.attempted() && !BLIND.contains(sample.verdict().reason())) {
        return source;
      }
      if (first < 0 && sample.attempted()) {
        first = source;
      }
    }
    return Math.max(first, 0);
  }
}
