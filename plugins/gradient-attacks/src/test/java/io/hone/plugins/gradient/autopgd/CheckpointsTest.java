package io.hone.plugins.gradient.autopgd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckpointsTest {
  @Test
  void ofAHundredIterationsAreThoseOfTheAuthors() {
    assertThat(Checkpoints.of(100).iterations()).containsExactly(22, 41, 57, 70, 80, 87, 93, 99);
  }

  @Test
  void ofFewIterationsAreAtLeastOneApart() {
    assertThat(Checkpoints.of(10).iterations()).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(Checkpoints.of(1).iterations()).containsExactly(1);
    assertThat(Checkpoints.of(0).iterations()).isEmpty();
  }
}
