package io.hone.onnx.training.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void constantStays() {
    assertThat(new Schedule.Constant().factor(7, 10)).isEqualTo(1);
  }

  @Test
  void cosineFallsAlongHalfAWave() {
    Schedule cosine = new Schedule.Cosine();
    assertThat(cosine.factor(0, 100)).isEqualTo(1);
    assertThat(cosine.factor(50, 100)).isCloseTo(0.5, within(1e-12));
    assertThat(cosine.factor(99, 100)).isBetween(0.0, 1e-3);
  }

  /** What PyTorch's OneCycleLR gives for a largest rate of 1 and ten steps. */
  @Test
  void oneCycleIsPytorchs() {
    Schedule cycle = Schedule.OneCycle.usual();
    double[] theirs = {
      0.0400000000,
      0.5200000000,
      1.0000000000,
      0.9504846320,
      0.8117456539,
      0.6112620219,
      0.3887419781,
      0.1882583461,
      0.0495193680,
      0.0000040000
    };
    for (int step = 0; step < theirs.length; step++) {
      assertThat(cycle.factor(step, theirs.length)).isCloseTo(theirs[step], within(1e-9));
    }
  }

  @Test
  void inverseFallsAsTheStepsRise() {
    assertThat(new Schedule.Inverse(0.5).factor(4, 10)).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void refusesNumbersOutsideTheirRange() {
    assertThatThrownBy(() -> new Schedule.OneCycle(1, 0.1, 0.1)).hasMessageContaining("one cycle");
    assertThatThrownBy(() -> new Schedule.Inverse(-1)).hasMessageContaining("at least 0");
  }
}
