package io.hone.plugins.gradient.fastadaptiveboundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CappedSumTest {
  @Test
  void findsTheLevelOnItsPiece() {
    CappedSum sum = sum(new double[] {1, 2, 4}, new double[] {1, 1, 1});
    assertThat(sum.level(0.7)).isCloseTo(0.1, withinPercentage(1e-12));
    // The last term is at its cap from 0.25 on, the second from 0.5 on.
    assertThat(sum.level(2.2)).isCloseTo(0.4, withinPercentage(1e-12));
    assertThat(sum.level(2.75)).isCloseTo(0.75, withinPercentage(1e-12));
  }

  @Test
  void endsAtTheEdges() {
    CappedSum sum = sum(new double[] {1, 0, 3}, new double[] {1, 0, 0});
    assertThat(sum.level(0)).isZero();
    assertThat(sum.level(1)).isEqualTo(1);
    assertThat(sum.level(1.01)).isInfinite();
    assertThat(sum(new double[2], new double[2]).level(0)).isZero();
  }

  @Test
  void agreesWithSortingOnRatesOfManySizes() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 20; round++) {
      double[] rates = random.doubles(500, -30, 30).map(Math::exp).toArray();
      double[] caps = random.doubles(500, -30, 30).map(Math::exp).toArray();
      double largest = IntStream.range(0, 500).mapToDouble(index -> caps[index]).sum();
      double wanted = random.nextDouble() * largest;
      CappedSum sum = sum(rates, caps);
      assertThat(sum.level(wanted)).isCloseTo(sorted(rates, caps, wanted), withinPercentage(1e-6));
    }
  }

  private static CappedSum sum(double[] rates, double[] caps) {
    CappedSum sum = new CappedSum(rates.length);
    for (int term = 0; term < rates.length; term++) {
      sum.setRate(term, rates[term]);
      sum.setCap(term, caps[term]);
    }
    return sum;
  }

  /** Fills terms in the order in which they reach their caps. */
  private static double sorted(double[] rates, double[] caps, double wanted) {
    int[] order =
        IntStream.range(0, rates.length)
            .boxed()
            .sorted((a, b) -> Double.compare(caps[a] / rates[a], caps[b] / rates[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double full = 0;
    for (int place = 0; place < order.length; place++) {
      double rising = 0;
      for (int later = place; later < order.length; later++) {
        rising += rates[order[later]];
      }
      double level = (wanted - full) / rising;
      if (level <= caps[order[place]] / rates[order[place]]) {
        return level;
      }
      full += caps[order[place]];
    }
    return Double.POSITIVE_INFINITY;
  }
}
