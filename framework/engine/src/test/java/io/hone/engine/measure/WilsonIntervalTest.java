package io.hone.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.engine.results.RateInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {
  /** The values for 81 of 263 and 15 of 148 are Newcombe's (1998), table I. */
  @ParameterizedTest
  @CsvSource({
    "263, 81, 0.2553, 0.3662",
    "148, 15, 0.0624, 0.1605",
    "20, 0, 0.0000, 0.1611",
    "29, 1, 0.0061, 0.1718",
    "10, 0, 0.0000, 0.2775",
    "10, 10, 0.7225, 1.0000",
    "1, 1, 0.2065, 1.0000",
  })
  void givesPublishedValues(long samples, long inFavour, double low, double high) {
    RateInterval interval = WilsonInterval.of(samples, inFavour);

    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
    assertThat(interval.n()).isEqualTo(samples);
    assertThat(interval.count()).isEqualTo(inFavour);
  }

  @Test
  void staysWithinBoundsAndHoldsTheRate() {
    for (long samples : new long[] {1, 2, 3, 7, 1009, 60_000, 3_000_000_000L}) {
      for (long inFavour : new long[] {0, 1, samples / 3, samples - 1, samples}) {
        RateInterval interval = WilsonInterval.of(samples, inFavour);
        assertThat(interval.low()).isBetween(0.0, interval.rate());
        assertThat(interval.high()).isBetween(interval.rate(), 1.0);
      }
    }
    assertThat(WilsonInterval.of(1009, 0).low()).isZero();
    assertThat(WilsonInterval.of(1009, 1009).high()).isOne();
  }

  @Test
  void theBoundsSolveWilsonsEquation() {
    RateInterval interval = WilsonInterval.of(313, 40);
    for (double bound : new double[] {interval.low(), interval.high()}) {
      double distance = Math.abs(interval.rate() - bound);
      assertThat(distance / Math.sqrt(bound * (1 - bound) / 313)).isCloseTo(1.959964, within(1e-6));
    }
  }
}
