package io.hone.plugins.optimization.cw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TanhSpaceTest {
  @ParameterizedTest
  @ValueSource(floats = {0, 1e-6f, 0.02f, 0.3f, 0.5f, 0.77f, 0.999f, 1})
  void returnsToTheImageItEntered(float pixel) {
    float[] image = {pixel};
    float[] w = new float[1];
    TanhSpace.enter(image, w);
    TanhSpace.leave(w, image);
    assertThat(image[0]).isCloseTo(pixel, within(1e-6f)).isBetween(0f, 1f);
  }

  @ParameterizedTest
  @ValueSource(floats = {-9, -7.25f, -3, -1, -0.1f, -1e-20f, 0, 1e-20f, 0.2f, 1.7f, 5, 7.25f, 9})
  void isTanhWithItsSlope(float at) {
    float[] image = new float[1];
    TanhSpace.leave(new float[] {at}, image);
    assertThat((double) image[0]).isCloseTo((Math.tanh(at) + 1) / 2, within(1.5e-7));
    float[] gradient = {3};
    TanhSpace.pullBack(new float[] {at}, gradient);
    double slope = 0.5 / Math.pow(Math.cosh(at), 2);
    assertThat(gradient[0] / (3 * slope)).isCloseTo(1, within(2e-6));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e3f, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY})
  void staysInTheBoxHoweverFarTheVariableIs(float far) {
    float[] image = new float[2];
    float[] w = {far, -far};
    TanhSpace.leave(w, image);
    assertThat(image).containsExactly(new float[] {1, 0}, within(1e-7f));
    assertThat(image[0]).isLessThanOrEqualTo(1);
    assertThat(image[1]).isGreaterThanOrEqualTo(0);
  }

  @Test
  void neverFalls() {
    float[] w = new float[200_001];
    for (int index = 0; index < w.length; index++) {
      w[index] = (index - 100_000) / 10_000f;
    }
    float[] image = new float[w.length];
    TanhSpace.leave(w, image);
    float[] sorted = image.clone();
    Arrays.sort(sorted);
    for (int index = 0; index < w.length; index++) {
      assertThat(image[index]).isBetween(0f, 1f).isCloseTo(sorted[index], within(2e-7f));
    }
  }
}
