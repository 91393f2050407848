package io.hone.learning.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "CONSTANT, 0, 8, 1",
    "CONSTANT, 7, 8, 1",
    "COSINE, 0, 8, 1",
    "COSINE, 2, 8, 0.853553390593",
    "COSINE, 4, 8, 0.5",
    "COSINE, 6, 8, 0.146446609407",
    "ONE_CYCLE, 0, 10, 0.04",
    "ONE_CYCLE, 1, 10, 0.52",
    "ONE_CYCLE, 2, 10, 1",
    "ONE_CYCLE, 9, 10, 0.000004",
    "STEPS, 0, 8, 1",
    "STEPS, 3, 8, 1",
    "STEPS, 4, 8, 0.1",
    "STEPS, 5, 8, 0.1",
    "STEPS, 6, 8, 0.01",
    "STEPS, 7, 8, 0.01",
    "INVERSE, 0, 9, 1",
    "INVERSE, 1, 9, 0.5",
    "INVERSE, 8, 9, 0.111111111111",
  })
  void hasTheFactorOfItsFormula(Schedule schedule, long step, long steps, double factor) {
    assertThat(schedule.factor(step, steps)).isCloseTo(factor, within(1e-11));
  }

  @ParameterizedTest
  @EnumSource(Schedule.class)
  void neverLeavesZeroToOneInTrainingsOfAnyLength(Schedule schedule) {
    for (long steps : new long[] {1, 2, 3, 4, 7, 100, 3_000_000}) {
      for (long step : new long[] {0, steps / 4, steps / 3, steps / 2, steps - 1}) {
        assertThat(schedule.factor(step, steps))
            .as("step %d of %d", step, steps)
            .isGreaterThan(0)
            .isLessThanOrEqualTo(1);
      }
    }
  }

  /** Trainings of earlier versions had this product, whose last bit decides about weights. */
  @Test
  void cosineIsTheProductOfEarlierVersionsToTheLastBit() {
    for (double rate : new double[] {0.001, 0.0015, 0.002, 0.003}) {
      for (int epochs = 1; epochs <= 40; epochs++) {
        for (int epoch = 0; epoch < epochs; epoch++) {
          double before = rate * 0.5 * (1 + StrictMath.cos(StrictMath.PI * epoch / epochs));
          assertThat(rate * Schedule.COSINE.factor(epoch, epochs)).isEqualTo(before);
        }
      }
    }
  }
}
