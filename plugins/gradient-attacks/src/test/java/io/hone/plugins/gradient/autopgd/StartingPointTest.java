package io.hone.plugins.gradient.autopgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Bounds;
import io.hone.api.geometry.Norm;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartingPointTest {
  @ParameterizedTest
  @EnumSource
  void isOnTheBorderOfTheBallAndInADirectionOfItsOwn(Norm norm) {
    Random random = new Random(3);
    float[] center = new float[30];
    Arrays.fill(center, 0.5f);
    Ball ball = new Ball(norm, 0.1);
    int right = 0;
    for (int draw = 0; draw < 1000; draw++) {
      float[] image = center.clone();
      StartingPoint.draw(image, ball, Bounds.PIXELS, random);
      assertThat(norm.distance(image, center)).isCloseTo(0.1, within(1e-6));
      assertThat(norm.distance(image, center)).isLessThanOrEqualTo(0.1);
      right += image[7] > 0.5f ? 1 : 0;
      right += norm == Norm.L1 && image[7] == 0.5f ? draw % 2 : 0;
    }
    // four standard errors
    assertThat(right).isCloseTo(500, within(64));
  }
}
