package io.hone.plugins.optimization.cw;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.victim.Victim;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Runs the searches of a batch, some of them side by side: one call of the victim a turn. Where a
 * search ends, that of the next sample takes its place, so that calls stay full.
 */
final class BatchedSearch {
  /**
   * Searches side by side. What they and the victim remember of so many digits stays in a
   * processor's cache; with hundreds, an iteration of LeNet-5 takes a third longer.
   */
  private static final int SIDE_BY_SIDE = 64;

  private final FunctionQuery query;
  private final Victim victim;
  private final Batch clean;
  private final int[] goalClasses;
  private final Run run;
  private final IntFunction<SampleSearch> start;
  private final List<RunningSearch> active = new ArrayList<>();
  private final VictimAnswer evaluation;
  private final Tensor images;
  private int next;

  /**
   * Prepares the searches.
   *
   * @param start makes the search of a row of the batch, when its turn comes
   */
  BatchedSearch(
      FunctionQuery query, Victim victim, Batch clean, Run run, IntFunction<SampleSearch> start) {
    this.query = query;
    this.victim = victim;
    this.clean = clean;
    this.goalClasses = clean.goalClasses();
    this.run = run;
    this.start = start;
    this.evaluation =
        new VictimAnswer(clean.pixels().rowSize(), victim.classes(), query.targeted());
    this.images = Tensor.images(Math.min(SIDE_BY_SIDE, clean.size()), clean.pixels().imageShape());
  }

  /** Runs until every sample is done, out of budget or without numbers; says why those failed. */
  void run() {
    while (true) {
      run.checkCancelled();
      active.removeIf(search -> search.isDone() || !affordable(search.row()));
      fill();
      if (active.isEmpty()) {
        return;
      }
      turn();
    }
  }

  private void fill() {
    while (active.size() < images.rows() && next < clean.size()) {
      if (affordable(next)) {
        active.add(new RunningSearch(next, start.apply(next)));
      }
      next++;
    }
  }

  private boolean affordable(int row) {
    return victim.paysOrGivesUp(clean.sample(row), query.cost(), run);
  }

  private void turn() {
    long[] samples = new long[active.size()];
    int[] goals = new int[samples.length];
    for (int index = 0; index < samples.length; index++) {
      RunningSearch search = active.get(index);
      search.writeImage(evaluation.image());
      images.setRow(index, evaluation.image());
      samples[index] = clean.sample(search.row());
      goals[index] = goalClasses[search.row()];
    }
    ImageBatch asked = new ImageBatch(images.rows(0, samples.length), samples);
    FunctionQuery.Answer answer = query.ask(victim, asked, goals);
    for (int index = 0; index < samples.length; index++) {
      RunningSearch search = active.get(index);
      images.readRow(index, evaluation.image());
      answer.gradient().readRow(index, evaluation.slope());
      answer.logits().readRow(index, evaluation.standing().logits());
      evaluation.standing().read(goals[index]);
      evaluation.succeeds(clean.succeeds(search.row(), answer.logits().argmax(index)));
      long sample = samples[index];
      search.observe(evaluation).ifPresent(reason -> run.giveUp(sample, reason));
    }
  }
}
