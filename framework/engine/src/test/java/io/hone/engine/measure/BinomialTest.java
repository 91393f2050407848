package io.hone.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BinomialTest {
  @Test
  void sumsItsTerms() {
    // (1 + 10 + 45) / 1024
    assertThat(new Binomial(10, 0.5).atMost(2)).isCloseTo(56.0 / 1024, within(1e-12));
    assertThat(new Binomial(10, 0.5).atLeast(8)).isCloseTo(56.0 / 1024, within(1e-12));
    assertThat(new Binomial(3, 0.1).atLeast(1)).isCloseTo(1 - 0.729, within(1e-12));
  }

  @Test
  void staysWithinBounds() {
    assertThat(new Binomial(10, 0.3).atMost(10)).isCloseTo(1, within(1e-12));
    assertThat(new Binomial(10, 0.3).atMost(25)).isCloseTo(1, within(1e-12));
    assertThat(new Binomial(10, 0.3).atLeast(0)).isOne();
    assertThat(new Binomial(60_000, 0.999).atMost(0)).isZero();
    assertThat(new Binomial(60_000, 0.9).atMost(54_000)).isBetween(0.49, 0.51);
  }
}
