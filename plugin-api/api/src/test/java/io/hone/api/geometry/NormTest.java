package io.hone.api.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormTest {
  @Test
  void measuresDistances() {
    float[] left = {0.5f, 0.25f, 1};
    float[] right = {0.25f, 0.25f, 0.5f};
    assertThat(Norm.LINF.distance(left, right)).isEqualTo(0.5);
    assertThat(Norm.L2.distance(left, right)).isEqualTo(Math.sqrt(0.3125));
    assertThat(Norm.L1.distance(left, right)).isEqualTo(0.75);
  }

  @Test
  void movesEveryFeatureInLinf() {
    float[] image = {0.5f, 0.5f, 0.5f, 0.95f};
    assertThat(Norm.LINF.descend(image, new float[] {3, -4, 0, -1e-30f}, 0.1f)).isTrue();
    assertThat(image).containsExactly(new float[] {0.4f, 0.6f, 0.5f, 1.05f}, within(1e-6f));
  }

  @Test
  void movesAFullStepInLinfHoweverSmallOrLargeTheSlope() {
    float[] slopes = {
      Float.MIN_VALUE, -Float.MIN_VALUE, 1e-20f, -1, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, -0f
    };
    float[] image = new float[slopes.length];
    assertThat(Norm.LINF.descend(image, slopes, 0.25f)).isTrue();
    assertThat(image).containsExactly(-0.25f, 0.25f, -0.25f, 0.25f, -0.25f, 0.25f, 0);
  }

  @Test
  void movesAlongTheGradientInL2() {
    float[] image = {0.5f, 0.5f, 0.5f, 0.5f};
    assertThat(Norm.L2.descend(image, new float[] {3, -4, 0, 12}, 0.26f)).isTrue();
    assertThat(image).containsExactly(new float[] {0.44f, 0.58f, 0.5f, 0.26f}, within(1e-6f));
  }

  @Test
  void movesTheSteepestFeatureInL1() {
    float[] image = {0.5f, 0.5f, 0.5f};
    assertThat(Norm.L1.descend(image, new float[] {3, -4, 0}, 0.25f)).isTrue();
    assertThat(image).containsExactly(0.5f, 0.75f, 0.5f);
  }

  @Test
  void sharesAStepAmongTheSteepestHundredthInL1() {
    float[] image = new float[300];
    float[] gradient = new float[300];
    Arrays.fill(image, 0.5f);
    Arrays.fill(gradient, 1);
    gradient[7] = -5;
    gradient[200] = 4;
    gradient[299] = 3;
    float[] before = image.clone();
    assertThat(Norm.L1.descend(image, gradient, 0.75f)).isTrue();
    assertThat(image[7]).isEqualTo(0.75f);
    assertThat(image[200]).isEqualTo(0.25f);
    assertThat(image[299]).isEqualTo(0.25f);
    assertThat(Norm.L1.distance(image, before)).isEqualTo(0.75);
  }

  @Test
  void givesNoShareOfAnL1StepToAFeatureThatCannotMove() {
    float[] image = {1, 0, 0.5f};
    assertThat(Norm.L1.descend(image, new float[] {-9, 8, 1}, 0.25f)).isTrue();
    assertThat(image).containsExactly(1, 0, 0.25f);
  }

  @ParameterizedTest
  @EnumSource
  void staysWhereTheGradientIsZero(Norm norm) {
    float[] image = {0, 0.5f, 1};
    assertThat(norm.descend(image, new float[] {0, -0.0f, 0}, 0.1f)).isTrue();
    assertThat(image).containsExactly(0, 0.5f, 1);
  }

  @ParameterizedTest
  @EnumSource
  void refusesAGradientThatIsNotANumber(Norm norm) {
    float[] image = {0.1f, 0.5f};
    assertThat(norm.descend(image, new float[] {1, Float.NaN}, 0.1f)).isFalse();
    assertThat(image).containsExactly(0.1f, 0.5f);
  }

  @ParameterizedTest
  @EnumSource
  void takesGradientsOfAnySize(Norm norm) {
    for (float size : new float[] {Float.MIN_VALUE, Float.MAX_VALUE}) {
      float[] image = {0.5f, 0.5f};
      assertThat(norm.descend(image, new float[] {size, 0}, 0.25f)).isTrue();
      assertThat(image).containsExactly(0.25f, 0.5f);
    }
  }
}
