package io.hone.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaddingTest {
  @ParameterizedTest
  @CsvSource({"28,3,1,28,1,1", "28,3,2,14,0,1", "7,3,2,4,1,1", "28,1,1,28,0,0", "9,2,1,9,0,1"})
  void samePutsTheLargerHalfBehind(
      int size, int kernel, int stride, int output, int before, int after) {
    assertThat(Padding.SAME.outputSize(size, kernel, stride)).isEqualTo(output);
    assertThat(Padding.SAME.before(size, kernel, stride)).isEqualTo(before);
    assertThat(Padding.SAME.after(size, kernel, stride)).isEqualTo(after);
  }
}
