package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Loss;
import io.hone.api.run.RunCancelledException;
import io.hone.api.victim.Access;
import io.hone.api.victim.QueryBudgetException;
import io.hone.testkit.model.ConstantClassifier;
import org.junit.jupiter.api.Test;

class CountingVictimTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);

  private final TestRun run = new TestRun(1);
  private final ConstantClassifier model = new ConstantClassifier(SHAPE, 0, 1);

  @Test
  void countsEveryImageForItsSample() {
    CountingVictim victim = new CountingVictim(model, Access.GRADIENTS, run);
    victim.predict(images(7, 7, 8));
    victim.lossGradient(images(8), Loss.crossEntropy(true), new int[] {0});
    assertThat(victim.forwardQueries(7)).isEqualTo(2);
    assertThat(victim.forwardQueries(8)).isEqualTo(1);
    assertThat(victim.gradientQueries(8)).isEqualTo(1);
    assertThat(victim.gradientQueries(7)).isZero();
    assertThat(victim.calls()).isEqualTo(2);
  }

  @Test
  void refusesMoreThanWasDeclared() {
    CountingVictim victim = new CountingVictim(model, Access.LABELS, run);
    assertThat(victim.predict(images(1))).containsExactly(1);
    assertThatThrownBy(() -> victim.logits(images(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SCORES");
  }

  @Test
  void refusesMoreThanTheBudget() {
    CountingVictim victim = new CountingVictim(model, Access.SCORES, 2, run);
    victim.logits(images(1));
    assertThat(victim.remainingQueries(1)).isEqualTo(1);
    victim.logits(images(1));
    assertThat(victim.remainingQueries(1)).isZero();
    assertThatThrownBy(() -> victim.logits(images(1))).isInstanceOf(QueryBudgetException.class);
  }

  @Test
  void answersNothingOnceCancelled() {
    CountingVictim victim = new CountingVictim(model, Access.LABELS, run);
    run.cancel();
    assertThatThrownBy(() -> victim.predict(images(1))).isInstanceOf(RunCancelledException.class);
  }

  private static ImageBatch images(long... samples) {
    return new ImageBatch(Tensor.images(samples.length, SHAPE), samples);
  }
}
