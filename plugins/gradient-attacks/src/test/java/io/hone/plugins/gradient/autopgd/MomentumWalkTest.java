package io.hone.plugins.gradient.autopgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentumWalkTest {
  /** Both features get gradients of the same sign, so both walk alike within their ranges. */
  @Test
  void aStepShrinksWithNarrowBounds() {
    float[] center = {0.5f, 0.5f};
    Bounds bounds = Bounds.of(new float[] {0, 0.45f}, new float[] {1, 0.55f});
    Stage stage = new Stage(new Ball(Norm.LINF, 0.2), 60, true);
    Walk walk = Walk.of(center, bounds, stage, new float[2]);
    walk.startAt(new float[] {0.6f, 0.525f}, stage);
    Random random = new Random(8);
    boolean inside = false;
    for (int iteration = 0; iteration < 60; iteration++) {
      float slope = random.nextBoolean() ? 1 : -1;
      float[] gradient = {slope, slope};
      walk.learn(random.nextDouble(), gradient);
      assertThat(walk.move(gradient)).isTrue();
      float wide = (walk.image[0] - 0.5f) / 0.2f;
      float narrow = (walk.image[1] - 0.5f) / 0.05f;
      assertThat(narrow).as("iteration %d", iteration).isCloseTo(wide, within(1e-5f));
      inside |= Math.abs(wide) < 0.9;
    }
    assertThat(inside).as("steps became shorter than the range").isTrue();
  }

  @Test
  void aGradientThatIsNoNumberMovesNothing() {
    Stage stage = new Stage(new Ball(Norm.L2, 0.2), 5, true);
    Walk walk = Walk.of(new float[] {0.5f, 0.5f}, Bounds.PIXELS, stage, new float[2]);
    walk.startAt(new float[] {0.5f, 0.6f}, stage);
    walk.learn(1, new float[] {1, 1});
    assertThat(walk.move(new float[] {Float.NaN, 1})).isFalse();
    assertThat(walk.image).containsExactly(0.5f, 0.6f);
  }
}
