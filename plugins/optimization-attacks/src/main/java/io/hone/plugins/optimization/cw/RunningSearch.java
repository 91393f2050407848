package io.hone.plugins.optimization.cw;

import io.hone.api.run.Reason;
import java.util.Optional;

/** A sample's search under way, and what was seen of it. */
final class RunningSearch {
  private final int row;
  private final SampleSearch search;
  private boolean sawSlope;
  private boolean done;

  /**
   * Takes over a search that was not shown anything yet.
   *
   * @param row of the sample in the whole batch
   */
  RunningSearch(int row, SampleSearch search) {
    this.row = row;
    this.search = search;
  }

  /** Returns the row of the sample in the whole batch. */
  int row() {
    return row;
  }

  /** Returns whether there is no further image to ask about. */
  boolean isDone() {
    return done;
  }

  /** Writes the image to be asked about next. */
  void writeImage(float[] image) {
    search.writeImage(image);
  }

  /** Shows an image to the search; returns why the sample failed, if it did. */
  Optional<String> observe(VictimAnswer evaluation) {
    boolean isNumber = evaluation.isNumber();
    sawSlope = sawSlope || (isNumber && Changes.hasSlope(evaluation.slope()));
    boolean more = search.observe(evaluation);
    done = !more || !isNumber;
    if (!isNumber) {
      return Optional.of(Reason.NAN);
    }
    if (done && !search.found()) {
      return Optional.of(sawSlope ? Reason.NOT_FOUND : Reason.NO_GRADIENT);
    }
    return Optional.empty();
  }
}
