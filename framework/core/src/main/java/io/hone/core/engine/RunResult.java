package io.hone.core.engine;

import io.hone.core.results.Gallery;
import io.hone.core.results.Status;
import io.hone.core.results.Summary;

/**
 * What a run ended with; everything in it is on disk already.
 *
 * @param status how it ended
 * @param summary what it found
 * @param gallery a few samples as pictures
 * @param resumable whether an unfinished run can go on: not if its data, model or scenario must
 *     change, for it is another run then
 */
public record RunResult(Status status, Summary summary, Gallery gallery, boolean resumable) {
  /** Creates the result of a run that can go on, if it is not finished. */
  public RunResult(Status status, Summary summary, Gallery gallery) {
    this(status, summary, gallery, true);
  }

  /** Returns the same result of a run that cannot go on. */
  RunResult notResumable() {
    return new RunResult(status, summary, gallery, false);
  }

  /** Returns whether every expectation was met. */
  public boolean expectationsMet() {
    return summary.expectations().stream().allMatch(Summary.ExpectationResult::met);
  }
}
