package io.hone;

import io.hone.api.metric.Distances;
import io.hone.api.stability.Stability;
import java.util.Optional;

/**
 * What became of one image.
 *
 * @param sample its row
 * @param label true class
 * @param target class wanted, or -1
 * @param cleanPrediction class that the model gives the clean image
 * @param prediction class that the model gives the emitted image; -1 if the scores are NaN
 * @param attempted whether it took part
 * @param success whether the emitted image meets the goal
 * @param success8bit whether it still does after rounding to 8 bits
 * @param reason why it took no part, was not found, or is less than it could be
 * @param distances of the emitted image from the clean image
 * @param forwardQueries that it cost
 * @param gradientQueries that it cost
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record Example(
    int sample,
    int label,
    int target,
    int cleanPrediction,
    int prediction,
    boolean attempted,
    boolean success,
    boolean success8bit,
    Optional<String> reason,
    Distances distances,
    long forwardQueries,
    long gradientQueries) {
  /** Returns the queries of both kinds. */
  public long queries() {
    return forwardQueries + gradientQueries;
  }
}
