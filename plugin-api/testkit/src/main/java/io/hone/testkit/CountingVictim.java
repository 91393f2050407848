package io.hone.testkit;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.run.Run;
import io.hone.api.stability.Stability;
import io.hone.api.victim.Access;
import io.hone.api.victim.QueryBudgetException;
import io.hone.api.victim.Victim;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A victim that counts each sample's queries and refuses what was not declared or budgeted. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class CountingVictim implements Victim {
  private final DifferentiableClassifier model;
  private final Access offered;
  private final long budget;
  private final Run run;
  private final Map<Long, Counts> counts = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();

  private record Counts(long forward, long gradient) {
    static final Counts NONE = new Counts(0, 0);
    static final Counts ONE_FORWARD = new Counts(1, 0);
    static final Counts ONE_GRADIENT = new Counts(0, 1);

    Counts plus(Counts other) {
      return new Counts(forward + other.forward, gradient + other.gradient);
    }

    long total() {
      return forward + gradient;
    }
  }

  /** Creates a victim without a budget. */
  public CountingVictim(DifferentiableClassifier model, Access offered, Run run) {
    this(model, offered, Long.MAX_VALUE, run);
  }

  /**
   * Creates a victim.
   *
   * @param offered the most that may be asked
   * @param budget how many queries each sample may make, forward and gradient together
   */
  public CountingVictim(DifferentiableClassifier model, Access offered, long budget, Run run) {
    this.model = model;
    this.offered = offered;
    this.budget = budget;
    this.run = run;
  }

  /** Returns the forward queries of a sample so far. */
  public long forwardQueries(long sample) {
    return counts.getOrDefault(sample, Counts.NONE).forward();
  }

  /** Returns the gradient queries of a sample so far. */
  public long gradientQueries(long sample) {
    return counts.getOrDefault(sample, Counts.NONE).gradient();
  }

  /** Returns how many batches were asked about so far. */
  public long calls() {
    return calls.get();
  }

  @Override
  public long remainingQueries(long sample) {
    if (budget == Long.MAX_VALUE) {
      return budget;
    }
    return budget - counts.getOrDefault(sample, Counts.NONE).total();
  }

  @Override
  public int classes() {
    return model.classes();
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return model.accepts(shape);
  }

  @Override
  public int[] predict(ImageBatch images) {
    count(images, Access.LABELS, Counts.ONE_FORWARD);
    return model.predict(images);
  }

  @Override
  public Tensor logits(ImageBatch images) {
    count(images, Access.SCORES, Counts.ONE_FORWARD);
    return model.logits(images);
  }

  @Override
  public LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes) {
    count(images, Access.GRADIENTS, Counts.ONE_GRADIENT);
    return model.lossGradient(images, loss, classes);
  }

  @Override
  public Tensor vjp(ImageBatch images, Tensor cotangent) {
    count(images, Access.GRADIENTS, Counts.ONE_GRADIENT);
    return model.vjp(images, cotangent);
  }

  private void count(ImageBatch images, Access needed, Counts each) {
    run.checkCancelled();
    if (!offered.covers(needed)) {
      throw new IllegalStateException(
          "the component asked for " + needed + " but declared no more than " + offered);
    }
    calls.incrementAndGet();
    for (int row = 0; row < images.size(); row++) {
      long sample = images.sample(row);
      if (counts.merge(sample, each, Counts::plus).total() > budget) {
        throw new QueryBudgetException(sample, budget);
      }
    }
  }
}
