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
 */
public record RunResult(Status status, Summary summary, Gallery gallery) {
  /** Returns whether every expectation was met. */
  public boolean expectationsMet() {
    return summary.expectations().stream().allMatch(Summary.ExpectationResult::met);
  }
}
