package io.hone.plugins.gradient.autopgd;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {
  @ParameterizedTest
  @CsvSource({"100, 30, 30, 40", "10, 3, 3, 4", "4, 2, 2, 0", "1, 1, 0, 0"})
  void aRunInL1GoesThroughThreeBalls(int steps, int first, int second, int last) {
    Ball ball = new Ball(Norm.L1, 2.0);
    assertThat(Stage.of(ball, steps))
        .containsExactly(
            new Stage(new Ball(Norm.L1, 6.0), first, false),
            new Stage(new Ball(Norm.L1, 4.0), second, false),
            new Stage(ball, last, true));
  }

  @Test
  void otherRunsAreOneStage() {
    Ball ball = new Ball(Norm.L2, 2.0);
    assertThat(Stage.of(ball, 7)).isEqualTo(List.of(new Stage(ball, 7, true)));
    assertThat(Stage.looks(Stage.of(ball, 7))).isEqualTo(8);
  }
}
