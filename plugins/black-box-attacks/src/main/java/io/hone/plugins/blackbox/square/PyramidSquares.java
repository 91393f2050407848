package io.hone.plugins.blackbox.square;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Squares in L2 and L1: what the change of an image may take of the ball moves from one square to
 * another, where it is added to a pair of pyramids (Andriushchenko et al. 2020, algorithm 3; the
 * form for L1 is Croce and Hein's of 2021). An image starts with a pair of pyramids in every tile.
 */
final class PyramidSquares implements Squares {
  /** Leaves room for the rounding of sums that are kept up to date over many changes. */
  private static final double SHRINK = 1 - 1e-9;

  /** Stands in for the length of a square that nothing was changed in. */
  private static final double TINY = 1e-12;

  private final Batch clean;
  private final Ball ball;
  private final AdditiveNorm norm;
  private final ImageShape shape;
  private final SquareSchedule schedule;
  private final Map<Integer, PyramidPair> pyramids = new HashMap<>();

  /** The largest sum of parts that an image may have. */
  private final double limit;

  /** Whether a change may take more than there is and is then projected. */
  private final boolean overdraws;

  /** By row, what the change of the best image takes, and what that of the last one made takes. */
  private final double[] taken;

  private final double[] tried;

  PyramidSquares(Batch clean, Ball ball, SquareSchedule schedule) {
    this.clean = clean;
    this.ball = ball;
    this.norm = AdditiveNorm.of(ball.norm());
    this.shape = clean.pixels().imageShape();
    this.schedule = schedule;
    this.limit = norm.part(ball.radius() * SHRINK);
    this.overdraws = ball.norm() == Norm.L1 && shape.channels() > 1;
    this.taken = new double[clean.size()];
    this.tried = new double[clean.size()];
  }

  @Override
  public boolean canMove(int row) {
    Bounds bounds = clean.bounds(row);
    double room = 0;
    for (int feature = 0; feature < shape.features() && room == 0; feature++) {
      room += bounds.width(feature);
    }
    return ball.radius() > 0 && room > 0;
  }

  @Override
  public void start(int row, float[] image, RandomGenerator random) {
    float[] center = image.clone();
    double[] change = tiles(random);
    double length = norm.length(norm.sum(change));
    double wanted = norm.length(limit);
    // In L1 too long a change loses its small parts to the projection.
    double factor = norm == AdditiveNorm.L1 && length > wanted ? 1 : wanted / length;
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] = (float) (center[feature] + factor * change[feature]);
    }
    tried[row] = project(row, image, center);
  }

  private double[] tiles(RandomGenerator random) {
    Tiles tiles = Tiles.of(shape);
    PyramidPair pattern = pyramids(tiles.side());
    double[] change = new double[shape.features()];
    for (int tile = 0; tile < tiles.count(); tile++) {
      Window window = tiles.window(tile);
      boolean turned = random.nextBoolean();
      for (int channel = 0; channel < shape.channels(); channel++) {
        int sign = random.nextBoolean() ? 1 : -1;
        for (int line = 0; line < tiles.side(); line++) {
          int first = shape.feature(channel, window.top() + line, window.left());
          for (int column = 0; column < tiles.side(); column++) {
            change[first + column] = sign * pattern.at(line, column, turned);
          }
        }
      }
    }
    return change;
  }

  private PyramidPair pyramids(int side) {
    return pyramids.computeIfAbsent(side, missing -> PyramidPair.of(missing, norm));
  }

  @Override
  public List<Window> change(
      int row, int iteration, Tensor images, int place, RandomGenerator random) {
    int side = schedule.oddSide(iteration, shape);
    Window to = Window.square(side, shape, random);
    Window from = Window.square(side, shape, random);
    boolean turned = random.nextBoolean();
    double free = Math.max(limit - taken[row], 0) / shape.channels();
    double takes = taken[row];
    for (int channel = 0; channel < shape.channels(); channel++) {
      int sign = random.nextBoolean() ? 1 : -1;
      Shift shift = new Shift(row, images, place, channel);
      double there = shift.takenIn(to);
      double before = there + shift.takenIn(from, to);
      double length = norm.length(free + before) * (overdraws ? shape.channels() : 1);
      double[] values = shift.blended(to, norm.length(there), sign, turned);
      shift.clear(from, to);
      takes += shift.write(to, values, length) - before;
    }
    tried[row] = takes;
    if (!overdraws) {
      return List.of(to, from);
    }
    float[] image = images.row(place);
    tried[row] = project(row, image, clean.pixels().row(row));
    images.setRow(place, image);
    return List.of(Window.whole(shape));
  }

  /** Brings an image into the ball and the bounds and returns what its change takes there. */
  private double project(int row, float[] image, float[] center) {
    ball.project(image, center, clean.bounds(row));
    double sum = 0;
    for (int feature = 0; feature < image.length; feature++) {
      sum += norm.part((double) image[feature] - center[feature]);
    }
    return sum;
  }

  @Override
  public void keep(int row) {
    taken[row] = tried[row];
  }

  /** One channel of an image while what its squares take is moved. */
  private final class Shift {
    private final int row;
    private final Tensor images;
    private final int place;
    private final int channel;

    Shift(int row, Tensor images, int place, int channel) {
      this.row = row;
      this.images = images;
      this.place = place;
      this.channel = channel;
    }

    private double change(int feature) {
      return (double) images.get(place, feature) - clean.pixels().get(row, feature);
    }

    double takenIn(Window window) {
      double sum = 0;
      for (int line = window.top(); line < window.bottom(); line++) {
        int first = shape.feature(channel, line, window.left());
        for (int feature = first; feature < first + window.width(); feature++) {
          sum += norm.part(change(feature));
        }
      }
      return sum;
    }

    /** Returns what is taken in a window without the part of it that is in another one. */
    double takenIn(Window window, Window without) {
      double sum = 0;
      for (int line = window.top(); line < window.bottom(); line++) {
        for (int column = window.left(); column < window.right(); column++) {
          if (!without.holds(line, column)) {
            sum += norm.part(change(shape.feature(channel, line, column)));
          }
        }
      }
      return sum;
    }

    /**
     * Returns pyramids, up or down, added to the direction of the change in a window.
     *
     * @param length of that change
     */
    double[] blended(Window window, double length, int sign, boolean turned) {
      PyramidPair pattern = pyramids(window.width());
      double[] values = new double[window.height() * window.width()];
      int index = 0;
      for (int line = 0; line < window.height(); line++) {
        int first = shape.feature(channel, window.top() + line, window.left());
        for (int column = 0; column < window.width(); column++) {
          values[index++] =
              sign * pattern.at(line, column, turned) + change(first + column) / (length + TINY);
        }
      }
      return values;
    }

    /** Takes a window's change back, but for the part of it that is in another window. */
    void clear(Window window, Window without) {
      for (int line = window.top(); line < window.bottom(); line++) {
        for (int column = window.left(); column < window.right(); column++) {
          if (!without.holds(line, column)) {
            int feature = shape.feature(channel, line, column);
            images.set(place, feature, clean.pixels().get(row, feature));
          }
        }
      }
    }

    /**
     * Changes a window along some values by a length, within the bounds where nothing else will see
     * to that.
     *
     * @return what the change in the window takes then
     */
    double write(Window window, double[] values, double length) {
      double factor = length / (norm.length(norm.sum(values)) + TINY);
      double takes = 0;
      int index = 0;
      for (int line = window.top(); line < window.bottom(); line++) {
        int first = shape.feature(channel, line, window.left());
        for (int feature = first; feature < first + window.width(); feature++) {
          float center = clean.pixels().get(row, feature);
          float value = moved(center, factor * values[index++]);
          float kept = overdraws ? value : clean.bounds(row).clip(feature, value);
          images.set(place, feature, kept);
          takes += norm.part((double) kept - center);
        }
      }
      return takes;
    }
  }

  /** Returns a value moved, rounded toward where it came from: never farther than asked. */
  private static float moved(float from, double change) {
    float to = (float) (from + change);
    return Math.abs((double) to - from) > Math.abs(change) ? Math.nextAfter(to, from) : to;
  }
}
