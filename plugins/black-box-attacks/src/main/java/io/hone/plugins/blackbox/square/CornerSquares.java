package io.hone.plugins.blackbox.square;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Squares in Linf: every feature is always as far up or as far down as it may be. An image starts
 * with vertical stripes, and each channel of a square goes up or down as a whole (Andriushchenko et
 * al. 2020, algorithm 2).
 */
final class CornerSquares implements Squares {
  /** How many squares are drawn in search of one that something can change in. */
  private static final int DRAWS = 100;

  private final ImageShape shape;
  private final SquareSchedule schedule;

  /** The images whose features are all as low, and all as high, as they may be. */
  private final Tensor lowest;

  private final Tensor highest;

  CornerSquares(Batch clean, Ball ball, SquareSchedule schedule) {
    this.shape = clean.pixels().imageShape();
    this.schedule = schedule;
    this.lowest = corners(clean, ball, 0);
    this.highest = corners(clean, ball, 1);
  }

  private static Tensor corners(Batch clean, Ball ball, float border) {
    Tensor corners = Tensor.images(clean.size(), clean.pixels().imageShape());
    float[] center = new float[corners.rowSize()];
    float[] corner = new float[corners.rowSize()];
    for (int row = 0; row < clean.size(); row++) {
      clean.pixels().readRow(row, center);
      Arrays.fill(corner, border);
      ball.project(corner, center, clean.bounds(row));
      corners.setRow(row, corner);
    }
    return corners;
  }

  @Override
  public boolean canMove(int row) {
    return !Arrays.equals(lowest.row(row), highest.row(row));
  }

  @Override
  public void start(int row, float[] image, RandomGenerator random) {
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int column = 0; column < shape.width(); column++) {
        Tensor border = random.nextBoolean() ? highest : lowest;
        for (int line = 0; line < shape.height(); line++) {
          int feature = shape.feature(channel, line, column);
          image[feature] = border.get(row, feature);
        }
      }
    }
  }

  /**
   * Draws squares until one can change something, then directions until they do. Where none of many
   * squares can, as next to fixed features, the image stays as it is.
   */
  @Override
  public List<Window> change(
      int row, int iteration, Tensor images, int place, RandomGenerator random) {
    int side = schedule.side(iteration, shape);
    boolean[] isLowest = new boolean[shape.channels()];
    boolean[] isHighest = new boolean[shape.channels()];
    for (int draw = 0; draw < DRAWS; draw++) {
      Window window = Window.square(side, shape, random);
      boolean settled = true;
      for (int channel = 0; channel < shape.channels(); channel++) {
        isLowest[channel] = equal(window, channel, images, place, lowest, row);
        isHighest[channel] = equal(window, channel, images, place, highest, row);
        settled &= isLowest[channel] && isHighest[channel];
      }
      if (!settled) {
        boolean[] up = directions(isLowest, isHighest, random);
        for (int channel = 0; channel < up.length; channel++) {
          window.copy(shape, channel, up[channel] ? highest : lowest, row, images, place);
        }
        return List.of(window);
      }
    }
    return List.of();
  }

  private static boolean[] directions(
      boolean[] isLowest, boolean[] isHighest, RandomGenerator random) {
    boolean[] up = new boolean[isLowest.length];
    boolean changes = false;
    while (!changes) {
      for (int channel = 0; channel < up.length; channel++) {
        up[channel] = random.nextBoolean();
        changes |= up[channel] ? !isHighest[channel] : !isLowest[channel];
      }
    }
    return up;
  }

  private boolean equal(
      Window window, int channel, Tensor images, int place, Tensor corners, int row) {
    for (int line = window.top(); line < window.bottom(); line++) {
      int first = shape.feature(channel, line, window.left());
      for (int feature = first; feature < first + window.width(); feature++) {
        if (images.get(place, feature) != corners.get(row, feature)) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void keep(int row) {
    // The image itself tells all that the next change has to know.
  }
}
