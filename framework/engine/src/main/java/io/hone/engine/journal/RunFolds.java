package io.hone.engine.journal;

import io.hone.api.metric.Outcome;
import io.hone.engine.measure.StepFold;
import io.hone.engine.record.RecordInput;
import io.hone.engine.step.SampleResult;
import io.hone.engine.targets.SweepFold;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The figures of some samples.
 *
 * @param results one fold for each model's clean images and for each step, in the scenario's order
 * @param sweeps one fold for each step that a matrix aims at several classes
 */
public record RunFolds(List<StepFold> results, List<SweepFold> sweeps) {
  /**
   * Takes in what became of a sample.
   *
   * @param samples one for each result, what it cost and what was noted
   * @param outcomes one for each result, what metrics see of it
   */
  public void add(List<SampleResult> samples, List<Outcome> outcomes) {
    for (int index = 0; index < results.size(); index++) {
      results.get(index).add(samples.get(index), outcomes.get(index));
    }
    for (SweepFold sweep : sweeps) {
      List<Integer> places = sweep.swept().places();
      sweep.add(
          places.stream().map(samples::get).toList(), places.stream().map(outcomes::get).toList());
    }
  }

  /** Takes in the figures of the samples that come next. */
  public void merge(RunFolds next) {
    for (int index = 0; index < results.size(); index++) {
      results.get(index).merge(next.results.get(index));
    }
    for (int index = 0; index < sweeps.size(); index++) {
      sweeps.get(index).merge(next.sweeps.get(index));
    }
  }

  void write(DataOutput output) throws IOException {
    for (StepFold fold : results) {
      fold.write(output);
    }
    for (SweepFold fold : sweeps) {
      fold.write(output);
    }
  }

  void read(RecordInput input) throws IOException {
    for (StepFold fold : results) {
      fold.read(input);
    }
    for (SweepFold fold : sweeps) {
      fold.read(input);
    }
  }
}
