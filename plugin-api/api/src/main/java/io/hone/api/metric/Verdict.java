package io.hone.api.metric;

import io.hone.api.stability.Stability;

/**
 * What the framework found of one image.
 *
 * @param cleanPrediction class of the clean image, through the step's own classifier
 * @param prediction class of the step's image, through the step's own classifier; -1 if NaN
 * @param attempted whether the sample took part (was not skipped)
 * @param success whether the image meets the goal, as float
 * @param success8bit the same after rounding to 8 bits
 * @param reason why the sample took no part, was not found, or is less than it could be, such as
 *     the constants of {@link io.hone.api.run.Reason}; empty without a reason
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record Verdict(
    int cleanPrediction,
    int prediction,
    boolean attempted,
    boolean success,
    boolean success8bit,
    String reason) {
  /** Returns the verdict on an image of a sample that takes no part. */
  public static Verdict skipped(int cleanPrediction, int prediction, String reason) {
    return new Verdict(cleanPrediction, prediction, false, false, false, reason);
  }

  /** Returns the same verdict with another reason. */
  public Verdict because(String other) {
    return new Verdict(cleanPrediction, prediction, attempted, success, success8bit, other);
  }
}
