package io.hone.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyedRandomTest {
  private static final int DRAWS = 200_000;

  @Test
  void streamsAreTheSameOnEveryJdk() {
    KeyedRandom random = new KeyedRandom(7, "fgsm", 42);

    // Recorded once: a change here would change every published result.
    assertThat(random.nextLong()).isEqualTo(FIRST);
    assertThat(random.nextGaussian()).isEqualTo(GAUSSIAN);
  }

  private static final long FIRST = 4667186806831378895L;
  private static final double GAUSSIAN = 0.5926560014860387;

  @Test
  void everyPartOfTheKeyCounts() {
    Set<Long> first = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      for (String step : new String[] {"a", "b", "ab", "ba"}) {
        for (long sample = 0; sample < 100; sample++) {
          first.add(new KeyedRandom(seed, step, sample).nextLong());
        }
      }
    }
    assertThat(first).hasSize(4000);
  }

  @Test
  void gaussiansHaveMeanZeroAndVarianceOne() {
    KeyedRandom random = new KeyedRandom(1, "noise", 0);
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double value = random.nextGaussian();
      sum += value;
      squares += value * value;
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(0.01));
    assertThat(squares / DRAWS).isCloseTo(1, within(0.02));
  }

  @Test
  void boundedDrawsAreUniformAndInRange() {
    KeyedRandom random = new KeyedRandom(1, "bounded", 0);
    int[] counts = new int[7];
    for (int draw = 0; draw < DRAWS; draw++) {
      counts[random.nextInt(7)]++;
      assertThat(random.nextInt(3, 5)).isBetween(3, 4);
    }
    for (int count : counts) {
      assertThat(count).isBetween(DRAWS / 7 - 1000, DRAWS / 7 + 1000);
    }
  }
}
