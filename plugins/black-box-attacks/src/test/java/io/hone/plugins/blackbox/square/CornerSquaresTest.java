package io.hone.plugins.blackbox.square;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CornerSquaresTest {
  private static final ImageShape SHAPE = new ImageShape(2, 6, 9);
  private static final Ball BALL = new Ball(Norm.LINF, 0.1);

  private final Random random = new Random(1);

  private static CornerSquares squares(Batch clean) {
    return new CornerSquares(clean, BALL, new SquareSchedule(0.8, 300, true));
  }

  private Tensor started(CornerSquares squares, Batch clean) {
    float[] image = clean.pixels().row(0);
    squares.start(0, image, random);
    Tensor images = clean.pixels().copy();
    images.setRow(0, image);
    return images;
  }

  @Test
  void startsWithVerticalStripes() {
    Batch clean = Image.grey(SHAPE, 0.5f);
    Tensor image = started(squares(clean), clean);
    Set<Float> values = new HashSet<>();
    for (int channel = 0; channel < 2; channel++) {
      for (int column = 0; column < 9; column++) {
        float top = image.get(0, SHAPE.feature(channel, 0, column));
        values.add(top);
        for (int row = 1; row < 6; row++) {
          assertThat(image.get(0, SHAPE.feature(channel, row, column))).isEqualTo(top);
        }
      }
    }
    assertThat(values).containsExactlyInAnyOrder(0.4f, Math.nextDown(0.6f));
  }

  @Test
  void everyChangeMovesAWholeSquareToTheBorderAndNothingElse() {
    Batch clean = Image.random(SHAPE);
    CornerSquares squares = squares(clean);
    Tensor image = started(squares, clean);
    for (int iteration = 0; iteration < 300; iteration++) {
      float[] before = image.row(0);
      List<Window> changed = squares.change(0, iteration, image, 0, random);
      assertThat(changed).hasSize(1);
      Window window = changed.get(0);
      float[] after = image.row(0);
      assertThat(after).isNotEqualTo(before);
      for (int channel = 0; channel < 2; channel++) {
        assertOneDirection(clean, after, window, channel);
      }
      for (int feature = 0; feature < after.length; feature++) {
        boolean inside = window.holds(feature / 9 % 6, feature % 9);
        assertThat(inside || after[feature] == before[feature]).isTrue();
      }
      assertThat(Norm.LINF.distance(after, clean.pixels().row(0))).isLessThanOrEqualTo(0.1);
    }
  }

  private static void assertOneDirection(Batch clean, float[] image, Window window, int channel) {
    boolean allUp = true;
    boolean allDown = true;
    for (int row = window.top(); row < window.bottom(); row++) {
      for (int column = window.left(); column < window.right(); column++) {
        int feature = SHAPE.feature(channel, row, column);
        float center = clean.pixels().get(0, feature);
        allUp &= Math.abs(image[feature] - Math.min(1, center + 0.1f)) < 1e-6;
        allDown &= Math.abs(image[feature] - Math.max(0, center - 0.1f)) < 1e-6;
      }
    }
    assertThat(allUp || allDown).isTrue();
  }

  @Test
  void squaresReachTheLastRowAndColumn() {
    Batch clean = Image.grey(SHAPE, 0.5f);
    CornerSquares squares = squares(clean);
    Tensor image = started(squares, clean);
    int bottom = 0;
    int right = 0;
    for (int iteration = 0; iteration < 300; iteration++) {
      Window window = squares.change(0, iteration, image, 0, random).get(0);
      bottom = Math.max(bottom, window.bottom());
      right = Math.max(right, window.right());
    }
    assertThat(bottom).isEqualTo(6);
    assertThat(right).isEqualTo(9);
  }

  @Test
  void aFeatureWithoutRoomStaysWhereItIs() {
    float[] low = new float[SHAPE.features()];
    float[] high = new float[SHAPE.features()];
    Arrays.fill(low, 0.5f);
    Arrays.fill(high, 0.5f);
    assertThat(squares(Image.of(SHAPE, Bounds.of(low, high), index -> 0.5f)).canMove(0)).isFalse();
    high[17] = 0.52f;
    Batch clean = Image.of(SHAPE, Bounds.of(low, high), index -> 0.5f);
    CornerSquares squares = squares(clean);
    assertThat(squares.canMove(0)).isTrue();
    Tensor image = started(squares, clean);
    Set<Float> values = new HashSet<>();
    for (int iteration = 0; iteration < 20; iteration++) {
      squares.change(0, iteration, image, 0, random);
      float[] moved = image.row(0);
      values.add(moved[17]);
      moved[17] = 0.5f;
      assertThat(moved).isEqualTo(clean.pixels().row(0));
    }
    assertThat(values).containsExactlyInAnyOrder(0.5f, 0.52f);
  }

  @Test
  void nothingMovesWithinARadiusThatNoFloatFitsInto() {
    Batch clean = Image.grey(SHAPE, 0.5f);
    SquareSchedule schedule = new SquareSchedule(0.8, 300, true);
    assertThat(new CornerSquares(clean, new Ball(Norm.LINF, 0.0), schedule).canMove(0)).isFalse();
    assertThat(new CornerSquares(clean, new Ball(Norm.LINF, 1e-9), schedule).canMove(0)).isFalse();
  }

  @Test
  void oneFeatureGoesToAndFro() {
    Batch clean = Image.grey(new ImageShape(1, 1, 1), 0.95f);
    CornerSquares squares = squares(clean);
    Tensor image = started(squares, clean);
    float before = image.get(0, 0);
    squares.change(0, 0, image, 0, random);
    assertThat(new float[] {before, image.get(0, 0)}).containsExactlyInAnyOrder(0.85f, 1);
  }
}
