package io.hone.plugins.blackbox.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PyramidSquaresTest {
  private static final int ITERATIONS = 300;

  private final Random random = new Random(1);

  private static PyramidSquares squares(Batch clean, Norm norm, double radius) {
    return new PyramidSquares(
        clean, new Ball(norm, radius), new SquareSchedule(0.8, ITERATIONS, true));
  }

  private Tensor started(PyramidSquares squares, Batch clean) {
    float[] image = clean.pixels().row(0);
    squares.start(0, image, random);
    squares.keep(0);
    Tensor images = clean.pixels().copy();
    images.setRow(0, image);
    return images;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LINF")
  void everyImageUsesTheWholeBallWhereNoBorderIsNear(Norm norm) {
    for (int channels : new int[] {1, 3}) {
      Batch clean = Image.grey(new ImageShape(channels, 14, 11), 0.5f);
      double radius = norm == Norm.L2 ? 0.3 : 0.4;
      PyramidSquares squares = squares(clean, norm, radius);
      Tensor image = started(squares, clean);
      for (int iteration = 0; iteration < ITERATIONS; iteration++) {
        double distance = norm.distance(image.row(0), clean.pixels().row(0));
        // Floats near 0.5 are 6e-8 apart, and each of 154 or 462 features is rounded inward.
        assertThat(distance).isCloseTo(radius, within(3e-5)).isLessThanOrEqualTo(radius);
        squares.change(0, iteration, image, 0, random);
        squares.keep(0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LINF")
  void imagesStayInTheBallAndTheirBounds(Norm norm) {
    ImageShape shape = new ImageShape(2, 9, 12);
    float[] low = new float[shape.features()];
    float[] high = new float[shape.features()];
    Arrays.fill(high, 1);
    Arrays.fill(low, 0, 40, 0.28f);
    Arrays.fill(high, 30, 60, 0.33f);
    Bounds bounds = Bounds.of(low, high);
    Batch clean = Image.of(shape, bounds, feature -> 0.3f);
    double radius = norm == Norm.L2 ? 2 : 15;
    PyramidSquares squares = squares(clean, norm, radius);
    Tensor image = started(squares, clean);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      assertThat(bounds.holds(image.row(0))).isTrue();
      assertThat(norm.distance(image.row(0), clean.pixels().row(0))).isLessThanOrEqualTo(radius);
      squares.change(0, iteration, image, 0, random);
      squares.keep(0);
    }
  }

  @Test
  void whatIsNotKeptCountsForNothing() {
    Batch clean = Image.random(new ImageShape(1, 10, 10));
    PyramidSquares squares = squares(clean, Norm.L2, 1);
    Tensor image = started(squares, clean);
    float[] best = image.row(0);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      squares.change(0, iteration, image, 0, random);
      double distance = Norm.L2.distance(image.row(0), clean.pixels().row(0));
      assertThat(distance).isLessThanOrEqualTo(1);
      image.setRow(0, best);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LINF")
  void nothingChangesOutsideTheWindows(Norm norm) {
    ImageShape shape = new ImageShape(1, 12, 9);
    Batch clean = Image.random(shape);
    PyramidSquares squares = squares(clean, norm, norm == Norm.L2 ? 1 : 6);
    Tensor image = started(squares, clean);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      float[] before = image.row(0);
      List<Window> changed = squares.change(0, iteration, image, 0, random);
      squares.keep(0);
      float[] after = image.row(0);
      for (int feature = 0; feature < after.length; feature++) {
        int place = feature;
        boolean inside = changed.stream().anyMatch(window -> window.holds(place / 9, place % 9));
        assertThat(inside || after[feature] == before[feature]).isTrue();
      }
    }
  }

  /** With one channel nothing else of an image is where the change was taken from. */
  @Test
  void aSquareTakesOverWhatAnotherOneTook() {
    Batch clean = Image.grey(new ImageShape(1, 30, 30), 0.5f);
    PyramidSquares squares = squares(clean, Norm.L2, 0.5);
    Tensor image = started(squares, clean);
    List<Window> changed = squares.change(0, ITERATIONS - 1, image, 0, random);
    Window to = changed.get(0);
    Window from = changed.get(1);
    assertThat(to.width()).isEqualTo(3);
    for (int row = from.top(); row < from.bottom(); row++) {
      for (int column = from.left(); column < from.right(); column++) {
        boolean cleared = image.get(0, row * 30 + column) == 0.5f;
        assertThat(cleared).isNotEqualTo(to.holds(row, column));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LINF")
  void takesImagesOfAnySize(Norm norm) {
    for (int height = 1; height <= 6; height++) {
      for (int width = 1; width <= 25; width += 4) {
        ImageShape shape = new ImageShape(2, height, width);
        Batch clean = Image.random(shape);
        PyramidSquares squares = squares(clean, norm, 0.5);
        Tensor image = started(squares, clean);
        for (int iteration = 0; iteration < ITERATIONS; iteration += 20) {
          squares.change(0, iteration, image, 0, random);
          squares.keep(0);
          float[] moved = image.row(0);
          double distance = norm.distance(moved, clean.pixels().row(0));
          assertThat(distance).as("%s", shape).isLessThanOrEqualTo(0.5);
          assertThat(Bounds.PIXELS.holds(moved)).isTrue();
        }
      }
    }
  }

  @Test
  void nothingMovesWithoutRadiusOrRoom() {
    ImageShape shape = new ImageShape(1, 4, 4);
    Batch clean = Image.grey(shape, 0.5f);
    assertThat(squares(clean, Norm.L2, 0).canMove(0)).isFalse();
    assertThat(squares(clean, Norm.L1, 0.1).canMove(0)).isTrue();
    float[] fixed = clean.pixels().row(0);
    Batch stuck = Image.of(shape, Bounds.of(fixed, fixed), feature -> 0.5f);
    assertThat(squares(stuck, Norm.L1, 0.1).canMove(0)).isFalse();
  }
}
