package io.hone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.bench.robustness.Evaluation;
import io.hone.bench.robustness.Recording;
import java.util.List;
import org.junit.jupiter.api.Test;

class SingleAttackTest {
  @Test
  void namesTheImagesThatOneSideAloneBreaks() {
    Recording.Alone recorded =
        new Recording.Alone(2, 4, "square", 4, 1, 0.5, 0.1, List.of(0, 1, 3));
    Evaluation hone = new Evaluation(2, 1.25, List.of("attack", "robust", "robust"));
    assertThat(new SingleAttack("digits", recorded, hone).line())
        .isEqualTo("| digits | square | 2 | 2 | 2 | 2 | 0 | 1.25 |");
  }
}
