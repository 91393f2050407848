package io.hone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();

  @Test
  void tellsNothingBeforeAnythingIsDone() {
    pace.read(Duration.ofSeconds(4), 0);
    assertThat(pace.perSecond()).isEmpty();
    assertThat(pace.timeFor(10)).isEmpty();
  }

  @Test
  void countsTheLastMinuteAndInTheEndTheWhole() {
    for (int second = 0; second <= 100; second++) {
      pace.read(Duration.ofSeconds(second), 10L * second);
    }
    for (int second = 101; second <= 200; second++) {
      pace.read(Duration.ofSeconds(second), 1000 + 30L * (second - 100));
    }
    assertThat(pace.perSecond()).hasValue(30);
    assertThat(pace.timeFor(60)).contains(Duration.ofSeconds(2));
    pace.end();
    assertThat(pace.perSecond()).hasValue(20);
  }

  @Test
  void leavesOutWhatAnEarlierTaskDid() {
    pace.resume(50_000);
    pace.read(Duration.ofSeconds(2), 50_000);
    assertThat(pace.perSecond()).isEmpty();
    pace.read(Duration.ofSeconds(4), 50_400);
    assertThat(pace.perSecond()).hasValue(100);
    pace.end();
    assertThat(pace.perSecond()).hasValue(100);
  }

  @Test
  void tellsTheMeanWhereTheLastMinuteDidNothing() {
    pace.read(Duration.ofSeconds(10), 100);
    pace.read(Duration.ofSeconds(50), 100);
    pace.read(Duration.ofSeconds(110), 100);
    assertThat(pace.perSecond()).hasValue(100 / 110.0);
  }
}
