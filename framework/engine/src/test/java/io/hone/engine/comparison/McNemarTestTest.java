package io.hone.engine.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTestTest {
  /** Sums of binomial coefficients over powers of 2, by hand. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1",
    "1, 0, 1",
    "0, 5, 0.0625",
    "5, 0, 0.0625",
    // 2 (1 + 10 + 45) / 1024
    "2, 8, 0.109375",
    // 2 (1 + 15 + 105 + 455) / 32768
    "12, 3, 0.03515625",
    "6, 6, 1",
  })
  void sumsTheTailOnBothSides(long onlyFirst, long onlySecond, double p) {
    assertThat(new McNemarTest(onlyFirst, onlySecond).pValue()).isCloseTo(p, within(1e-12));
  }

  @Test
  void largeCountsAgreeWithTheNormalApproximation() {
    // z = (5150 - 4850 - 1) / sqrt(10000) = 2.99, with the correction for continuity
    assertThat(new McNemarTest(5150, 4850).pValue()).isCloseTo(0.002790, within(2e-5));
  }
}
