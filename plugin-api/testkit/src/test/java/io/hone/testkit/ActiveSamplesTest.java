package io.hone.testkit;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.testkit.model.ConstantClassifier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ActiveSamplesTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 2);

  private final Tensor pixels =
      Tensor.of(new float[] {0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f}, 3, 1, 1, 2);
  private final Batch targeted = batch(5, 6, 7);
  private final Batch untargeted = batch(Batch.NO_TARGET, Batch.NO_TARGET, Batch.NO_TARGET);

  @Test
  void startsWithTheWholeBatch() {
    ActiveSamples active = ActiveSamples.of(targeted);
    assertThat(active.size()).isEqualTo(3);
    assertThat(active.isEmpty()).isFalse();
    assertThat(active.images(pixels).samples()).containsExactly(10, 20, 30);
    assertThat(active.goalClasses()).containsExactly(5, 6, 7);
  }

  @Test
  void thoseThatAreDoneLeave() {
    ActiveSamples active = ActiveSamples.of(targeted);
    active.keep(index -> index != 1);
    assertThat(active.size()).isEqualTo(2);
    assertThat(active.row(1)).isEqualTo(2);
    assertThat(active.sample(1)).isEqualTo(30);
    assertThat(active.goalClasses()).containsExactly(5, 7);
    ImageBatch images = active.images(pixels);
    assertThat(images.samples()).containsExactly(10, 30);
    assertThatTensor(images.pixels()).isSameAs(pixels.select(0, 2));
    ActiveSamples copy = active.copy();
    active.keep(index -> index == 1);
    assertThat(copy.size()).isEqualTo(2);
    assertThat(active.row(0)).isEqualTo(2);
    active.keep(index -> false);
    assertThat(active.isEmpty()).isTrue();
    assertThat(active.images(pixels).size()).isZero();
  }

  @Test
  void succeedsAsItsRowOfTheBatchDoes() {
    ActiveSamples wanting = ActiveSamples.of(targeted);
    wanting.keep(index -> index > 0);
    assertThat(wanting.succeeds(0, 6)).isTrue();
    assertThat(wanting.succeeds(0, 5)).isFalse();
    ActiveSamples fleeing = ActiveSamples.of(untargeted);
    fleeing.keep(index -> index > 0);
    assertThat(fleeing.goalClasses()).containsExactly(2, 3);
    assertThat(IntStream.of(2, 1, -1).mapToObj(predicted -> fleeing.succeeds(0, predicted)))
        .containsExactly(false, true, false);
  }

  @Test
  void thoseThatCannotPayLeaveAndAreGivenUp() {
    ConstantClassifier model = new ConstantClassifier(SHAPE, 1, 0);
    TestRun run = new TestRun(1);
    CountingVictim victim = new CountingVictim(model, Access.SCORES, 2, run);
    ActiveSamples active = ActiveSamples.of(untargeted);
    victim.logits(untargeted.images().select(1));
    active.keepPaying(victim, 2, run);
    assertThat(active.images(pixels).samples()).containsExactly(10, 30);
    assertThat(run.givenUp(20)).contains("budget");
    assertThat(run.givenUp(10)).isEmpty();
    active.keepPaying(victim, 3, run);
    assertThat(active.isEmpty()).isTrue();
    assertThat(run.givenUp(10)).contains("budget");
  }

  @Test
  void aSampleGivenUpDoesNotStay() {
    TestRun run = new TestRun(1);
    ActiveSamples active = ActiveSamples.of(untargeted);
    active.keep(index -> index != 1 || active.giveUp(index, "bored", run));
    assertThat(active.images(pixels).samples()).containsExactly(10, 30);
    assertThat(run.givenUp(20)).contains("bored");
  }

  private Batch batch(int... targets) {
    return new Batch(new ImageBatch(pixels, new long[] {10, 20, 30}), new int[] {1, 2, 3}, targets);
  }
}
