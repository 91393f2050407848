package io.hone.plugins.optimization.cw;

/** What the victim said of one image; the arrays are reused for the next one. */
final class VictimAnswer {
  private final float[] image;
  private final float[] slope;
  private final Standing standing;
  private boolean succeeds;

  VictimAnswer(int features, int classes, boolean targeted) {
    image = new float[features];
    slope = new float[features];
    standing = new Standing(targeted, classes);
  }

  /** Returns the image that was asked about. */
  float[] image() {
    return image;
  }

  /** Returns the gradient of {@link GoalFunction#slope} to the image; may be overwritten. */
  float[] slope() {
    return slope;
  }

  Standing standing() {
    return standing;
  }

  /** Returns whether the predicted class meets the goal. */
  boolean succeeds() {
    return succeeds;
  }

  /** Returns whether the victim answered in numbers that a search can go on with. */
  boolean isNumber() {
    return !Double.isNaN(standing.margin()) && !Changes.hasNan(slope);
  }

  void succeeds(boolean yes) {
    succeeds = yes;
  }
}
