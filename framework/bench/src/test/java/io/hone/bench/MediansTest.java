package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {
  @Test
  void takesTheMiddleOneAndOfTwoTheSmaller() {
    assertThat(Medians.of(List.of(3, 9, 1), Comparator.naturalOrder())).isEqualTo(3);
    assertThat(Medians.of(List.of(4, 3, 9, 1), Comparator.naturalOrder())).isEqualTo(3);
    assertThat(Medians.of(List.of(5), Comparator.naturalOrder())).isEqualTo(5);
  }
}
