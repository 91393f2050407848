package io.hone.plugins.ensembles;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.run.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StageReasonsTest {
  private static String of(String... reasons) {
    StageReasons all = new StageReasons();
    for (String reason : reasons) {
      all.add(Optional.of(reason).filter(text -> !text.isEmpty()));
    }
    return all.ofAll();
  }

  @Test
  void isThatOfTheLastStage() {
    assertThat(of(Reason.NO_GRADIENT, "stale")).isEqualTo("stale");
    assertThat(of("stale", "")).isEqualTo(Reason.NOT_FOUND);
    assertThat(of(Reason.NO_OTHER_CLASS)).isEqualTo(Reason.NO_OTHER_CLASS);
  }

  @Test
  void blamesTheModelOnlyWhereAllStagesDo() {
    assertThat(of(Reason.NAN, Reason.NAN)).isEqualTo(Reason.NAN);
    assertThat(of(Reason.NO_GRADIENT, Reason.NO_GRADIENT)).isEqualTo(Reason.NO_GRADIENT);
    assertThat(of("", Reason.NO_GRADIENT)).isEqualTo(Reason.NOT_FOUND);
    assertThat(of(Reason.NO_GRADIENT, Reason.NAN)).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void tellsThatQueriesWereShortWhereverTheyWere() {
    assertThat(of(Reason.BUDGET, "")).isEqualTo(Reason.BUDGET);
  }
}
