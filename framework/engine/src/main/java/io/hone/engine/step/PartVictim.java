package io.hone.engine.step;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.victim.Victim;
import io.hone.engine.context.PartQueries;

/** A victim that also counts what one part of a component's work asks. */
final class PartVictim implements Victim {
  private final CountingVictim victim;
  private final long[] forward;
  private final long[] gradient;

  /** Creates the victim of a part, on a batch of so many rows. */
  PartVictim(CountingVictim victim, int rows) {
    this.victim = victim;
    this.forward = new long[rows];
    this.gradient = new long[rows];
  }

  /** Returns what was asked about a row of the batch. */
  PartQueries queries(int row) {
    return new PartQueries(forward[row], gradient[row]);
  }

  /** Returns whether whatever was asked about a row was asked on the way along gradients. */
  boolean followedSlopes(int row) {
    return gradient[row] > 0 || forward[row] == 0;
  }

  private <T> T counted(ImageBatch images, long[] ledger, T answer) {
    for (int image = 0; image < images.size(); image++) {
      ledger[victim.row(images.sample(image))]++;
    }
    return answer;
  }

  @Override
  public int classes() {
    return victim.classes();
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return victim.accepts(shape);
  }

  @Override
  public int[] predict(ImageBatch images) {
    return counted(images, forward, victim.predict(images));
  }

  @Override
  public Tensor logits(ImageBatch images) {
    return counted(images, forward, victim.logits(images));
  }

  @Override
  public LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes) {
    return counted(images, gradient, victim.lossGradient(images, loss, classes));
  }

  @Override
  public Tensor vjp(ImageBatch images, Tensor cotangent) {
    return counted(images, gradient, victim.vjp(images, cotangent));
  }

  @Override
  public long remainingQueries(long sample) {
    return victim.remainingQueries(sample);
  }
}
