package io.hone.api.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundsTest {
  private static final float[] LOW = {0, 0.25f, 0.5f};
  private static final float[] HIGH = {1, 0.25f, 0.75f};

  private final Random random = new Random(3);

  @Test
  void clipsEveryFeatureToItsOwnRange() {
    Bounds bounds = Bounds.of(LOW, HIGH);
    float[] image = {-1, 0.9f, 0.6f};
    assertThat(bounds.holds(image)).isFalse();
    bounds.clip(image);
    assertThat(image).containsExactly(0, 0.25f, 0.6f);
    assertThat(bounds.holds(image)).isTrue();
    assertThat(bounds.width(2)).isEqualTo(0.25);
    assertThat(bounds.areAllPixels()).isFalse();
  }

  @Test
  void allPixelsFitImagesOfAnySize() {
    float[] image = {-0.5f, 0.5f, 2, Float.NaN};
    Bounds.PIXELS.clip(image);
    assertThat(image).containsExactly(0, 0.5f, 1, Float.NaN);
    assertThat(Bounds.PIXELS.holds(image)).isFalse();
    assertThat(Bounds.PIXELS.holds(new float[] {0, 1})).isTrue();
    assertThat(Bounds.PIXELS.areAllPixels()).isTrue();
  }

  @Test
  void refusesBoundsThatNoImageIsWithin() {
    assertThatThrownBy(() -> Bounds.of(new float[] {0, 0.6f}, new float[] {1, 0.5f}))
        .hasMessageContaining("feature 1 are 0.6 to 0.5");
    assertThatThrownBy(() -> Bounds.of(new float[] {-0.1f}, new float[] {1}))
        .hasMessageContaining("within [0, 1]");
    assertThatThrownBy(() -> Bounds.of(new float[] {Float.NaN}, new float[] {1}))
        .hasMessageContaining("feature 0");
    assertThatThrownBy(() -> Bounds.of(new float[1], new float[2]))
        .hasMessageContaining("1 lower and 2 upper");
  }

  @Test
  void keepsItsOwnCopy() {
    float[] low = LOW.clone();
    Bounds bounds = Bounds.of(low, HIGH);
    low[0] = 0.9f;
    assertThat(bounds.low(0)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aBallBringsImagesIntoBothAndLeavesAloneWhatIsThere(Norm norm) {
    for (double radius : new double[] {0, 0.05, 0.3, 2, 100}) {
      for (int round = 0; round < 40; round++) {
        float[] center = new float[50];
        float[] low = new float[50];
        float[] high = new float[50];
        float[] image = new float[50];
        for (int feature = 0; feature < 50; feature++) {
          center[feature] = random.nextFloat();
          low[feature] = center[feature] * random.nextFloat();
          high[feature] = center[feature] + (1 - center[feature]) * random.nextFloat() * 0.99f;
          image[feature] = 3 * random.nextFloat() - 1;
        }
        Bounds bounds = Bounds.of(low, high);
        Ball ball = new Ball(norm, radius);
        ball.project(image, center, bounds);
        assertThat(norm.distance(image, center)).isLessThanOrEqualTo(radius);
        assertThat(bounds.holds(image)).isTrue();
        float[] before = image.clone();
        ball.project(image, center, bounds);
        assertThat(image).containsExactly(before);
      }
    }
  }

  @Test
  void theL1BallUsesAllOfItsRadiusWhereTheBoundsLeaveRoom() {
    float[] center = {0.5f, 0.5f, 0.5f, 0.5f};
    Bounds bounds = Bounds.of(new float[] {0.4f, 0, 0, 0.5f}, new float[] {0.6f, 1, 1, 0.5f});
    float[] image = {1, 1, 0.9f, 1};
    new Ball(Norm.L1, 0.7).project(image, center, bounds);
    assertThat(Norm.L1.distance(image, center)).isBetween(0.699, 0.7);
    assertThat(image[0]).isEqualTo(0.6f);
    assertThat(image[3]).isEqualTo(0.5f);
  }
}
