package io.hone.onnx.gradientcheck;

/** What a check comes to. */
public enum Verdict {
  /** Enough places, or enough directions, could be judged, and none disagrees. */
  AGREES,
  /**
   * Places or directions were found, by more steps than one, where the gradient is not the
   * function's slope.
   */
  DISAGREES,
  /**
   * Too few places could be judged: kinks, noise, a function that does not change, or no number.
   */
  CANNOT_TELL
}
