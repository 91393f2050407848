package io.hone.engine.step;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.victim.Access;
import io.hone.api.victim.QueryBudgetException;
import io.hone.api.victim.Victim;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.SampleNotes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The victim of one component on one batch: counts queries per sample, enforces budget and declared
 * access, and stops when the run is cancelled.
 *
 * <p>A gradient costs one gradient query, which includes its forward pass.
 */
public final class CountingVictim implements Victim {
  private final Classifier model;
  private final Access access;
  private final String component;
  private final OptionalLong budget;
  private final Cancellation cancellation;
  private final LongConsumer asked;

  /** In ascending order, with the row of each beside it: looked up several times a query. */
  private final long[] samples;

  private final int[] rows;
  private final long[] forward;
  private final long[] gradient;

  /** Which rows were told a gradient that is not zero everywhere. */
  private final boolean[] sloped;

  /** What was asked for parts of the component's work, by their names. */
  private final Map<String, PartVictim> parts = new LinkedHashMap<>();

  private long setUpNanos;

  /**
   * Creates a victim for the samples of a batch.
   *
   * @param access that the component declared
   * @param component whose name is in errors
   * @param budget queries per sample, forward and gradient together
   */
  public CountingVictim(
      Classifier model,
      Access access,
      String component,
      Batch batch,
      OptionalLong budget,
      Cancellation cancellation) {
    this(model, access, component, batch, budget, cancellation, images -> {});
  }

  /**
   * Creates a victim whose queries are watched.
   *
   * @param asked told the number of images of each query, once it is answered
   */
  CountingVictim(
      Classifier model,
      Access access,
      String component,
      Batch batch,
      OptionalLong budget,
      Cancellation cancellation,
      LongConsumer asked) {
    this.model = model;
    this.access = access;
    this.component = component;
    this.budget = budget;
    this.cancellation = cancellation;
    this.asked = asked;
    this.forward = new long[batch.size()];
    this.gradient = new long[batch.size()];
    this.sloped = new boolean[batch.size()];
    this.rows =
        IntStream.range(0, batch.size())
            .boxed()
            .sorted(Comparator.comparingLong(batch::sample))
            .mapToInt(Integer::intValue)
            .toArray();
    this.samples = IntStream.of(rows).mapToLong(batch::sample).toArray();
  }

  /** Returns what a model offers an attacker. */
  public static Access offered(Classifier model) {
    return model instanceof DifferentiableClassifier ? Access.GRADIENTS : Access.SCORES;
  }

  /** Returns the forward queries of a row of the batch. */
  public long forwardQueries(int row) {
    return forward[row];
  }

  /** Returns the gradient queries of a row of the batch. */
  public long gradientQueries(int row) {
    return gradient[row];
  }

  /**
   * Returns whether a row of the batch was told gradients, and every one of them was zero. A part
   * of the work that asked about the row without gradients saw more than a slope tells.
   */
  boolean sawNoSlope(int row) {
    return gradient[row] > 0
        && !sloped[row]
        && parts.values().stream().allMatch(part -> part.followedSlopes(row));
  }

  /** Takes in what the parts of the work asked about a row of the batch. */
  void tellParts(int row, SampleNotes notes) {
    parts.forEach(
        (name, part) -> {
          if (part.queries(row).asked()) {
            notes.asked(name, part.queries(row));
          }
        });
  }

  @Override
  public Victim within(String part) {
    return parts.computeIfAbsent(part, key -> new PartVictim(this, rows.length));
  }

  /** Returns how long the model took to set itself up, which no component can help. */
  double setUpSeconds() {
    return setUpNanos / 1e9;
  }

  private void settingUp(Runnable work) {
    long start = System.nanoTime();
    work.run();
    setUpNanos += System.nanoTime() - start;
  }

  private void remember(ImageBatch images, Tensor slopes) {
    for (int image = 0; image < images.size(); image++) {
      int row = row(images.sample(image));
      for (int feature = 0; feature < slopes.rowSize() && !sloped[row]; feature++) {
        sloped[row] = slopes.get(image, feature) != 0;
      }
    }
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
    query(Access.LABELS, images, forward);
    return answered(images, model.predict(images));
  }

  @Override
  public Tensor logits(ImageBatch images) {
    query(Access.SCORES, images, forward);
    return answered(images, model.logits(images));
  }

  @Override
  public LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes) {
    query(Access.GRADIENTS, images, gradient);
    DifferentiableClassifier differentiable = (DifferentiableClassifier) model;
    settingUp(() -> differentiable.setUp(loss));
    LossGradient answer = differentiable.lossGradient(images, loss, classes);
    remember(images, answer.gradient());
    return answered(images, answer);
  }

  @Override
  public Tensor vjp(ImageBatch images, Tensor cotangent) {
    query(Access.GRADIENTS, images, gradient);
    DifferentiableClassifier differentiable = (DifferentiableClassifier) model;
    settingUp(differentiable::setUpVjp);
    Tensor slopes = differentiable.vjp(images, cotangent);
    remember(images, slopes);
    return answered(images, slopes);
  }

  @Override
  public long remainingQueries(long sample) {
    int row = row(sample);
    return budget.isPresent() ? budget.getAsLong() - forward[row] - gradient[row] : Long.MAX_VALUE;
  }

  private <T> T answered(ImageBatch images, T answer) {
    asked.accept(images.size());
    return answer;
  }

  private void query(Access needed, ImageBatch images, long[] ledger) {
    cancellation.check();
    if (!access.covers(needed)) {
      throw new IllegalStateException(
          component + " declares access " + access + " but asks for " + needed);
    }
    int[] queried = new int[images.size()];
    for (int image = 0; image < queried.length; image++) {
      queried[image] = row(images.sample(image));
    }
    if (budget.isPresent()) {
      enforce(images, queried);
    }
    for (int row : queried) {
      ledger[row]++;
    }
  }

  /** Checks the whole call before it counts any of it: a refused query costs nothing. */
  private void enforce(ImageBatch images, int[] queried) {
    long[] asked = new long[forward.length];
    for (int image = 0; image < queried.length; image++) {
      int row = queried[image];
      asked[row]++;
      if (forward[row] + gradient[row] + asked[row] > budget.getAsLong()) {
        throw new QueryBudgetException(images.sample(image), budget.getAsLong());
      }
    }
  }

  /** Returns the row of a sample in the batch. */
  public int row(long sample) {
    int place = Arrays.binarySearch(samples, sample);
    if (place < 0) {
      throw new IllegalArgumentException(
          component + " queries sample " + sample + ", which is not in its batch");
    }
    return rows[place];
  }
}
