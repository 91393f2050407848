package io.hone.api.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PixelsTest {
  @Test
  void everyFeatureEndsInTheRange() {
    float[] image = {-0.1f, -0.0f, 0, 0.25f, 1, 1.5f, Float.POSITIVE_INFINITY, Float.NaN};

    Pixels.clip(image);

    // Not -0: a file of results holds the same bytes for every 0.
    assertThat(image).containsExactly(0, 0, 0, 0.25f, 1, 1, 1, Float.NaN);
  }

  @Test
  void aDoubleKeepsItsDigits() {
    assertThat(Pixels.clip(0.1)).isEqualTo(0.1);
    assertThat(Pixels.clip(-1e-9)).isZero();
    assertThat(Pixels.clip(1.0000000001)).isEqualTo(1);
    assertThat(Pixels.clip(Double.NaN)).isNaN();
  }
}
