package io.hone.engine.step.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransferRateTest {
  /** An image of class 0, shown to another model. */
  private static Outcome shown(int target, boolean example, int prediction) {
    boolean met = target == Batch.NO_TARGET ? prediction != 0 : prediction == target;
    float[] image = new float[1];
    return new Outcome(
        StepKind.of("evaluate"),
        new Outcome.Sample(0, 0, target, new ImageShape(1, 1, 1)),
        new Outcome.Images(image, image, image, image, Optional.empty()),
        new Verdict(0, 0, true, example, example, ""),
        new Verdict(0, prediction, true, met, met, ""));
  }

  @Test
  void countsEveryWrongClassBesideTheOneThatIsWanted() {
    TransferRate rate = new TransferRate();
    rate.add(shown(7, true, 7));
    rate.add(shown(7, true, 3));
    rate.add(shown(7, true, 0));
    rate.add(shown(7, false, 3));
    rate.add(shown(7, false, -1));
    assertThat(rate.value())
        .contains(
            entry("transfer_rate.successes", 1 / 3.0),
            entry("transfer_rate.all", 0.2),
            entry("transfer_rate.untargeted.successes", 2 / 3.0),
            entry("transfer_rate.untargeted.all", 0.6));
  }

  @Test
  void hasNoSuchRatesWithoutAWantedClass() {
    TransferRate rate = new TransferRate();
    rate.add(shown(Batch.NO_TARGET, true, 3));
    assertThat(rate.value())
        .containsOnlyKeys("transfer_rate.all", "transfer_rate.successes", "transfer_rate.left_out");
  }
}
