package io.hone.api.victim;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.stability.Stability;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The samples of a batch that an attack or improver still works on. Those that are done leave, and
 * cost no further query.
 *
 * <p>A component keeps its state in arrays by row of the whole batch; {@link #row} tells which row
 * an active sample has there.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class ActiveSamples {
  private final Batch batch;
  private int[] rows;

  private ActiveSamples(Batch batch, int[] rows) {
    this.batch = batch;
    this.rows = rows;
  }

  /** Starts with all samples of a batch. */
  public static ActiveSamples of(Batch batch) {
    return new ActiveSamples(batch, IntStream.range(0, batch.size()).toArray());
  }

  /** Returns the same samples, to go on with apart from these. */
  public ActiveSamples copy() {
    return new ActiveSamples(batch, rows);
  }

  /** Returns the number of samples that are left. */
  public int size() {
    return rows.length;
  }

  /** Returns whether all samples are done. */
  public boolean isEmpty() {
    return rows.length == 0;
  }

  /** Returns the row in the whole batch of an active sample. */
  public int row(int active) {
    return rows[active];
  }

  /** Returns the index in the whole data set of an active sample. */
  public long sample(int active) {
    return batch.sample(rows[active]);
  }

  /**
   * Returns the rows of a tensor of the whole batch that belong to active samples, sharing its
   * memory where all are active.
   */
  public ImageBatch images(Tensor whole) {
    long[] samples = new long[rows.length];
    for (int active = 0; active < rows.length; active++) {
      samples[active] = batch.sample(rows[active]);
    }
    return new ImageBatch(rows.length == batch.size() ? whole : whole.select(rows), samples);
  }

  /** Returns the class that the attacker's loss looks at, for each active sample. */
  public int[] goalClasses() {
    int[] whole = batch.goalClasses();
    return Arrays.stream(rows).map(row -> whole[row]).toArray();
  }

  /** Returns whether a predicted class meets the goal of an active sample. */
  public boolean succeeds(int active, int predicted) {
    return batch.succeeds(rows[active], predicted);
  }

  /**
   * Keeps some of the samples.
   *
   * @param stays asked once for each active sample, by its number among them as it was before
   */
  public void keep(IntPredicate stays) {
    rows = IntStream.range(0, rows.length).filter(stays).map(active -> rows[active]).toArray();
  }

  /**
   * Keeps the samples that may make so many more queries, and gives up the others as {@link
   * Reason#BUDGET}.
   */
  public void keepPaying(Victim victim, long queries, Run run) {
    keep(active -> victim.paysOrGivesUp(sample(active), queries, run));
  }

  /**
   * Gives up an active sample.
   *
   * @param reason one of {@link Reason}, or one of the component's own
   * @return false, so that what is asked in {@link #keep} can end with it: the sample does not stay
   */
  public boolean giveUp(int active, String reason, Run run) {
    run.giveUp(sample(active), reason);
    return false;
  }
}
