package io.hone.plugins.gradient.autopgd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void findsWhatSortingFinds() {
    Random random = new Random(2);
    for (int round = 0; round < 500; round++) {
      float[] numbers = new float[1 + random.nextInt(40)];
      // Few different numbers: many are equal, as in gradients with many zeros.
      int different = 1 + random.nextInt(60);
      for (int index = 0; index < numbers.length; index++) {
        numbers[index] = random.nextInt(different) / 4f;
      }
      float[] sorted = numbers.clone();
      Arrays.sort(sorted);
      for (int place = 0; place < numbers.length; place++) {
        assertThat(Selection.at(place, numbers.clone())).isEqualTo(sorted[place]);
      }
    }
  }

  @Test
  void takesInfinity() {
    assertThat(Selection.at(1, new float[] {Float.POSITIVE_INFINITY, 1, 2})).isEqualTo(2);
    assertThat(Selection.at(2, new float[] {Float.POSITIVE_INFINITY, 1, 2})).isInfinite();
  }
}
