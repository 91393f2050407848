package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.run.Progress;
import org.junit.jupiter.api.Test;

class StopWatchTest {
  @Test
  void countsNothingBeforeTheUntimedUnitsAreDone() {
    StopWatch watch = new StopWatch("run", 10);
    Progress progress = watch.progress("run", 20);
    progress.advance(5);
    progress.advance(5);
    assertThat(watch.seconds()).isZero();
    assertThat(watch.cpuSeconds()).isZero();
    progress.advance(5);
    assertThat(watch.seconds()).isPositive();
  }

  @Test
  void leavesTasksOfComponentsOut() {
    StopWatch watch = new StopWatch("run");
    watch.progress("another", 1).advance(1);
    assertThat(watch.seconds()).isZero();
  }
}
