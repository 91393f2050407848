package io.hone.engine.targets;

import io.hone.api.metric.Outcome;
import io.hone.engine.measure.StepFold;
import io.hone.engine.record.RecordInput;
import io.hone.engine.results.ExampleMatrix;
import io.hone.engine.step.SampleResult;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Folds the results of a step over every target into three cases; units are folded apart and merged
 * in sample order.
 *
 * <p>The best case takes for each sample the success that is nearest to the clean image. The worst
 * case takes the success that is farthest from it, or a failure where any target was not reached.
 * The average case takes every pair of a sample and a target that the attack worked on. A sample
 * that took part toward no target is in each case once, with the reason.
 */
public final class SweepFold {
  private final SweptResults swept;
  private final StepFold best;
  private final StepFold average;
  private final StepFold worst;
  private final PairExamples examples;

  /**
   * Creates an empty fold.
   *
   * @param empty gives an empty fold for each case
   */
  public SweepFold(SweptResults swept, Supplier<StepFold> empty) {
    this.swept = swept;
    this.best = empty.get();
    this.average = empty.get();
    this.worst = empty.get();
    this.examples = new PairExamples(swept.targets());
  }

  /**
   * Takes in what became of a sample.
   *
   * @param samples one for each target, in the order of the matrix
   * @param outcomes what metrics see of the same
   */
  public void add(List<SampleResult> samples, List<Outcome> outcomes) {
    int easiest = easiest(outcomes);
    int hardest = hardest(outcomes);
    best.add(samples.get(easiest), outcomes.get(easiest));
    worst.add(samples.get(hardest), outcomes.get(hardest));
    boolean took = false;
    for (int target = 0; target < outcomes.size(); target++) {
      Outcome outcome = outcomes.get(target);
      if (outcome.verdict().attempted()) {
        average.add(samples.get(target), outcome);
        took = true;
      }
      if (outcome.verdict().success()) {
        examples.add(outcome, distance(outcome));
      }
    }
    if (!took) {
      average.add(samples.get(0), outcomes.get(0));
    }
  }

  private int easiest(List<Outcome> outcomes) {
    int easiest = -1;
    for (int target = 0; target < outcomes.size(); target++) {
      Outcome outcome = outcomes.get(target);
      if (outcome.verdict().success()
          && (easiest < 0 || distance(outcome) < distance(outcomes.get(easiest)))) {
        easiest = target;
      }
    }
    return easiest >= 0 ? easiest : firstAttempted(outcomes);
  }

  private int hardest(List<Outcome> outcomes) {
    int hardest = -1;
    for (int target = 0; target < outcomes.size(); target++) {
      Outcome outcome = outcomes.get(target);
      if (outcome.verdict().attempted() && !outcome.verdict().success()) {
        return target;
      }
      if (outcome.verdict().success()
          && (hardest < 0 || distance(outcome) > distance(outcomes.get(hardest)))) {
        hardest = target;
      }
    }
    return Math.max(hardest, 0);
  }

  private static int firstAttempted(List<Outcome> outcomes) {
    for (int target = 0; target < outcomes.size(); target++) {
      if (outcomes.get(target).verdict().attempted()) {
        return target;
      }
    }
    return 0;
  }

  private double distance(Outcome outcome) {
    return swept.distance().of(outcome.perturbation().emitted());
  }

  /** Takes in the fold of the samples that come next. */
  public void merge(SweepFold next) {
    best.merge(next.best);
    average.merge(next.average);
    worst.merge(next.worst);
    examples.merge(next.examples);
  }

  /** Writes what was folded. */
  public void write(DataOutput output) throws IOException {
    best.write(output);
    average.write(output);
    worst.write(output);
    examples.write(output);
  }

  /** Takes in what {@link #write} wrote. */
  public void read(RecordInput input) throws IOException {
    best.read(input);
    average.read(input);
    worst.read(input);
    examples.read(input);
  }

  /** Returns which results were folded. */
  public SweptResults swept() {
    return swept;
  }

  /** Returns what is reached with the target that is easiest for each sample. */
  public StepFold best() {
    return best;
  }

  /** Returns what is reached over all targets of all samples. */
  public StepFold average() {
    return average;
  }

  /** Returns what is reached with the target that is hardest for each sample. */
  public StepFold worst() {
    return worst;
  }

  /** Returns an example of each pair of classes, as far as there is one. */
  public ExampleMatrix examples() {
    return examples.matrix(swept.sweep().name(), swept.distance().word());
  }
}
