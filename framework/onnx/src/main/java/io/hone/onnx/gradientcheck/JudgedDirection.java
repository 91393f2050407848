package io.hone.onnx.gradientcheck;

/**
 * One direction at one image, along which many features moved at once, judged.
 *
 * @param image counted from 0
 * @param kind what the direction is
 * @param gradient what the gradient claims: its product with the direction, whose length is 1
 * @param quotient what the function does: its central difference quotient
 * @param error distance of the two, as a part of what a direction of this kind has for its slope
 */
public record JudgedDirection(
    int image, Kind kind, double gradient, double quotient, double error) {
  /** What directions there are. */
  public enum Kind {
    /** Along the gradient, or along the part of it that some features have: the largest slopes. */
    GRADIENT,
    /**
     * All features to random sides: slopes as small as those of single features, but steps as large
     * as all of them together. They show slopes that the gradient does not claim.
     */
    RANDOM
  }
}
