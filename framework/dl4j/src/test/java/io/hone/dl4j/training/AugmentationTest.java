package io.hone.dl4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final ImageShape SHAPE = new ImageShape(2, 2, 3);
  private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60};

  private static float[] placed(int down, int right, boolean mirrored) {
    float[] into = new float[IMAGE.length];
    Arrays.fill(into, Float.NaN);
    new Augmentation.Placement(down, right, mirrored).apply(SHAPE, IMAGE, into);
    return into;
  }

  @Test
  void leavesAnImageInItsPlace() {
    assertThat(placed(0, 0, false)).isEqualTo(IMAGE);
    SplittableRandom random = new SplittableRandom(1);
    for (int draw = 0; draw < 20; draw++) {
      assertThat(Augmentation.NONE.draw(random)).isEqualTo(new Augmentation.Placement(0, 0, false));
    }
  }

  @Test
  void movesBlackIn() {
    assertThat(placed(1, 1, false)).containsExactly(0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 10, 20);
    assertThat(placed(-1, -2, false)).containsExactly(6, 0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0);
    assertThat(placed(2, 0, false)).containsOnly(0);
    assertThat(placed(0, -3, true)).containsOnly(0);
  }

  @Test
  void mirrorsBeforeItMoves() {
    assertThat(placed(0, 0, true)).containsExactly(3, 2, 1, 6, 5, 4, 30, 20, 10, 60, 50, 40);
    assertThat(placed(0, 1, true)).containsExactly(0, 3, 2, 0, 6, 5, 0, 30, 20, 0, 60, 50);
  }

  @Test
  void drawsEveryPlaceWithinItsReach() {
    SplittableRandom random = new SplittableRandom(2);
    Set<Augmentation.Placement> drawn = new HashSet<>();
    for (int draw = 0; draw < 2_000; draw++) {
      drawn.add(new Augmentation(2, true).draw(random));
    }
    assertThat(drawn)
        .hasSize(5 * 5 * 2)
        .allMatch(place -> Math.abs(place.down()) <= 2 && Math.abs(place.right()) <= 2);
  }

  @Test
  void movesAnImageTheSameWayWhetherOrNotItIsMirrored() {
    for (long seed = 0; seed < 20; seed++) {
      Augmentation.Placement moved = new Augmentation(4, false).draw(new SplittableRandom(seed));
      Augmentation.Placement both = new Augmentation(4, true).draw(new SplittableRandom(seed));
      assertThat(both.down()).isEqualTo(moved.down());
      assertThat(both.right()).isEqualTo(moved.right());
    }
  }
}
