package io.hone.api.geometry;

import io.hone.api.stability.Stability;

/** The grid of 8-bit grey values, 0 to 255, that pictures are stored on. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class EightBit {
  private static final double LEVELS = 255;

  /**
   * How far a float may be from a level and still count as that level: far above rounding, far
   * below a step.
   */
  private static final double ON_GRID = 1e-4;

  private EightBit() {}

  /** Returns the level of a value in [0, 1]: {@code floor(v * 255 + 0.5)} in double. */
  public static int level(double value) {
    return (int) Math.floor(value * LEVELS + 0.5);
  }

  /** Returns the value in [0, 1] of a level. */
  public static float value(int level) {
    return (float) (level / LEVELS);
  }

  /** Returns whether two values are on different levels: what L0 counts. */
  public static boolean differ(float first, float second) {
    return first != second && level(first) != level(second);
  }

  /** Returns in how many features two images of the same shape are on different levels. */
  public static int differing(float[] first, float[] second) {
    int count = 0;
    for (int feature = 0; feature < first.length; feature++) {
      if (differ(first[feature], second[feature])) {
        count++;
      }
    }
    return count;
  }

  /** Returns a value rounded to the nearest level. */
  public static float round(float value) {
    return value(level(value));
  }

  /**
   * Returns a value rounded to the level next to it on the side of the clean value, so that no
   * distance grows: 0.3 is 76.5 levels, and the nearest one would leave a ball of radius 0.3.
   *
   * <p>Levels are floats too: that of 18 can be farther from that of 10 than 8/255 is, by the
   * rounding of one float. Then the level before it is returned.
   *
   * <p>A clean value between two levels counts as the nearest one, so that what was not changed
   * still is not. NaN stays NaN.
   */
  public static float roundToward(float value, float clean) {
    if (Float.isNaN(value)) {
      return value;
    }
    double scaled = value * LEVELS;
    double nearest = Math.rint(scaled);
    int start = level(clean);
    if (Math.abs(scaled - nearest) < ON_GRID) {
      int level = (int) nearest;
      boolean farther = distance(value(level), clean) > distance(value, clean);
      return value(farther && level != start ? level - Integer.signum(level - start) : level);
    }
    return value((int) (scaled > start ? Math.floor(scaled) : Math.ceil(scaled)));
  }

  private static double distance(float value, float clean) {
    return Math.abs((double) value - clean);
  }
}
