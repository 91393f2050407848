package io.hone.engine.step.improve;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.EightBit;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.victim.Victim;
import io.hone.engine.step.CountingVictim;
import io.hone.engine.step.RestorationTrace;
import java.util.function.IntUnaryOperator;

/**
 * The victim of an improver, which looks at each image it is asked about: what keeps the class of
 * the example and differs in fewer features than before goes into the sample's trace, whatever the
 * improver makes of it.
 */
final class TracingVictim implements Victim {
  private static final int UNSEEN = -1;

  private final CountingVictim victim;
  private final Batch clean;
  private final int[] labels;
  private final RestorationTrace[] traces;

  /**
   * Creates a victim.
   *
   * @param labels the class of each row's example
   * @param traces one for each row of the batch
   */
  TracingVictim(CountingVictim victim, Batch clean, int[] labels, RestorationTrace[] traces) {
    this.victim = victim;
    this.clean = clean;
    this.labels = labels;
    this.traces = traces;
  }

  private void trace(ImageBatch images, IntUnaryOperator predicted) {
    float[] image = new float[images.pixels().rowSize()];
    float[] original = new float[image.length];
    for (int index = 0; index < images.size(); index++) {
      int row = victim.row(images.sample(index));
      traces[row].asked();
      if (predicted.applyAsInt(index) == labels[row]) {
        images.pixels().readRow(index, image);
        clean.pixels().readRow(row, original);
        traces[row].found(EightBit.differing(image, original));
      }
    }
  }

  @Override
  public int[] predict(ImageBatch images) {
    int[] predicted = victim.predict(images);
    trace(images, index -> predicted[index]);
    return predicted;
  }

  @Override
  public Tensor logits(ImageBatch images) {
    Tensor logits = victim.logits(images);
    trace(images, logits::argmax);
    return logits;
  }

  @Override
  public LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes) {
    LossGradient gradient = victim.lossGradient(images, loss, classes);
    trace(images, gradient.logits()::argmax);
    return gradient;
  }

  @Override
  public Tensor vjp(ImageBatch images, Tensor cotangent) {
    Tensor gradient = victim.vjp(images, cotangent);
    trace(images, index -> UNSEEN);
    return gradient;
  }

  @Override
  public long remainingQueries(long sample) {
    return victim.remainingQueries(sample);
  }

  @Override
  public int classes() {
    return victim.classes();
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return victim.accepts(shape);
  }
}
