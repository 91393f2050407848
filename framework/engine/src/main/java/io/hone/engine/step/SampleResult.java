package io.hone.engine.step;

import io.hone.api.data.Batch;
import io.hone.api.metric.Verdict;
import io.hone.engine.context.SampleNotes;
import java.util.Optional;

/**
 * What a step made of one sample, but for its image.
 *
 * @param target class wanted, or -1
 * @param verdict what was found of the image
 * @param forwardQueries it cost
 * @param gradientQueries it cost
 * @param notes what the component noted
 * @param trace how an improver went; empty where the sample took no part or the step is another
 * @param source which of the results that the step received the image came from
 */
public record SampleResult(
    int target,
    Verdict verdict,
    long forwardQueries,
    long gradientQueries,
    SampleNotes notes,
    Optional<RestorationTrace> trace,
    int source) {
  /** Returns the result of a step that asked nothing about a sample. */
  public static SampleResult of(int target, Verdict verdict) {
    return new SampleResult(target, verdict, 0, 0, new SampleNotes(), Optional.empty(), 0);
  }

  /** Returns whether the sample took part. */
  public boolean attempted() {
    return verdict.attempted();
  }

  /** Returns whether the image meets the goal. */
  public boolean success() {
    return verdict.success();
  }

  /** Returns the class of the image, through the step's own classifier; -1 if NaN. */
  public int prediction() {
    return verdict.prediction();
  }

  /** Returns the part of the component's work that found the sample's example. */
  public Optional<String> foundBy() {
    return success() ? notes.credited() : Optional.empty();
  }

  /** Returns whether a class is what is wanted of the sample. */
  public boolean wants(int predicted, int label) {
    return predicted >= 0 && (target == Batch.NO_TARGET ? predicted != label : predicted == target);
  }

  /** Returns the same result with another verdict. */
  public SampleResult with(Verdict other) {
    return new SampleResult(target, other, forwardQueries, gradientQueries, notes, trace, source);
  }

  /** Returns the same result with the trace of an improver. */
  public SampleResult with(RestorationTrace other) {
    return new SampleResult(
        target, verdict, forwardQueries, gradientQueries, notes, Optional.of(other), source);
  }

  /** Returns the same result, received from another of the results that the step received. */
  public SampleResult from(int other) {
    return new SampleResult(target, verdict, forwardQueries, gradientQueries, notes, trace, other);
  }
}
