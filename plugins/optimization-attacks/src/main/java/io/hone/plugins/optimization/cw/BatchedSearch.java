package io.hone.plugins.optimization.cw;

import io.hone.api.attack.ActiveSamples;
import io.hone.api.attack.Victim;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.run.Run;
import io.hone.api.tensor.Tensor;
import java.util.function.IntFunction;

/** Runs the searches of all samples of a batch side by side: one call of the victim a turn. */
final class BatchedSearch {
  private final FunctionQuery query;
  private final Victim victim;
  private final Batch clean;
  private final Run run;
  private final SampleSearch[] searches;
  private final boolean[] sawSlope;
  private final boolean[] goesOn;
  private final Evaluation evaluation;
  private final Tensor images;

  BatchedSearch(
      FunctionQuery query, Victim victim, Batch clean, Run run, IntFunction<SampleSearch> start) {
    this.query = query;
    this.victim = victim;
    this.clean = clean;
    this.run = run;
    this.searches = new SampleSearch[clean.size()];
    for (int row = 0; row < searches.length; row++) {
      searches[row] = start.apply(row);
    }
    this.sawSlope = new boolean[clean.size()];
    this.goesOn = new boolean[clean.size()];
    this.evaluation = new Evaluation(clean.pixels().rowSize(), victim.classes(), query.targeted());
    this.images = Tensor.zeros(clean.pixels().shape());
  }

  /** Runs until every sample is done, out of budget or without numbers; says why those failed. */
  void run() {
    ActiveSamples active = ActiveSamples.of(clean);
    while (true) {
      run.checkCancelled();
      ActiveSamples current = active;
      active.keep(index -> affordable(current.sample(index)));
      if (active.isEmpty()) {
        return;
      }
      turn(active);
      active.keep(index -> goesOn[index]);
    }
  }

  private boolean affordable(long sample) {
    if (victim.remainingQueries(sample) >= query.cost()) {
      return true;
    }
    run.giveUp(sample, "budget");
    return false;
  }

  private void turn(ActiveSamples active) {
    long[] samples = new long[active.size()];
    for (int index = 0; index < samples.length; index++) {
      searches[active.row(index)].writeImage(evaluation.image());
      images.setRow(index, evaluation.image());
      samples[index] = active.sample(index);
    }
    ImageBatch asked = new ImageBatch(images.rows(0, samples.length), samples);
    int[] goalClasses = active.goalClasses();
    FunctionQuery.Answer answer = query.ask(victim, asked, goalClasses);
    for (int index = 0; index < samples.length; index++) {
      int row = active.row(index);
      images.readRow(index, evaluation.image());
      answer.gradient().readRow(index, evaluation.slope());
      answer.logits().readRow(index, evaluation.standing().logits());
      evaluation.standing().read(goalClasses[index]);
      evaluation.succeeds(clean.succeeds(row, answer.logits().argmax(index)));
      goesOn[index] = observe(row);
    }
  }

  /** Shows an image to its search; returns whether that goes on. */
  private boolean observe(int row) {
    boolean isNumber = evaluation.isNumber();
    sawSlope[row] |= isNumber && Changes.hasSlope(evaluation.slope());
    boolean more = searches[row].observe(evaluation);
    if (!isNumber) {
      run.giveUp(clean.sample(row), "nan");
      return false;
    }
    if (!more && !searches[row].found()) {
      run.giveUp(clean.sample(row), sawSlope[row] ? "not-found" : "no-gradient");
    }
    return more;
  }
}
