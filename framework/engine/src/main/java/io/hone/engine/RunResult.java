package io.hone.engine;

import io.hone.engine.results.Gallery;
import io.hone.engine.results.Status;
import io.hone.engine.results.Summary;
import java.nio.file.Path;

/**
 * What a run ended with; everything in it is on disk already.
 *
 * @param status how it ended
 * @param summary what it found
 * @param gallery a few samples as pictures
 * @param folder that holds the results
 * @param resumable whether an unfinished run can go on: not if its data, model or scenario must
 *     change, for it is another run then
 */
public record RunResult(
    Status status, Summary summary, Gallery gallery, Path folder, boolean resumable) {
  /** Creates the result of a run that can go on, if it is not finished. */
  public RunResult(Status status, Summary summary, Gallery gallery, Path folder) {
    this(status, summary, gallery, folder, true);
  }

  /** Returns the same result of a run that cannot go on. */
  RunResult notResumable() {
    return new RunResult(status, summary, gallery, folder, false);
  }

  /** Returns whether every expectation was met. */
  public boolean expectationsMet() {
    return summary.expectations().stream().allMatch(Summary.ExpectationResult::met);
  }
}
