package io.hone.plugins.generative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.LinearClassifier;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AdversarialTransformationNetworkTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 3);
  private static final Map<String, Object> NINE_TO_FOUR =
      Map.of("component", "adversarial-transformation-network", "targets", Map.of("9", 4));

  private final AdversarialTransformationNetwork attack = new AdversarialTransformationNetwork();
  private final Tensor adversarial = Tensor.images(3, SHAPE);

  private TestRun attack(Map<String, Object> training, int[] targets, float... made) {
    TestRun run = Generators.run(1, SHAPE, training, (feature, value) -> made[feature]);
    CountingVictim victim =
        new CountingVictim(
            new LinearClassifier(SHAPE, new double[10][3], new double[10]), Access.LABELS, run);
    ImageBatch images = new ImageBatch(Tensor.images(3, SHAPE), new long[] {7, 8, 9});
    attack.attack(
        new GeneratorParameters(Generators.MODEL),
        victim,
        new Batch(images, new int[] {9, 9, 3}, targets),
        adversarial,
        run);
    assertThat(victim.forwardQueries(7)).as("the model is asked nothing").isZero();
    return run;
  }

  @Test
  void emitsTheGeneratorsImageClippedToPixels() {
    attack(NINE_TO_FOUR, new int[] {4, 4, 4}, 0.25f, -0.5f, 1.5f);
    for (int row = 0; row < 3; row++) {
      assertThat(adversarial.row(row)).containsExactly(0.25f, 0, 1);
    }
  }

  @Test
  void flagsSamplesThatTheGeneratorWasNotMadeFor() {
    TestRun run = attack(NINE_TO_FOUR, new int[] {4, 7, 4}, 0.1f, 0.2f, 0.3f);
    assertThat(run.flags(7)).isEmpty();
    assertThat(run.flags(8)).containsExactly("other-target");
    assertThat(run.flags(9)).containsExactly("untrained-class");
    assertThat(run.notices()).allMatch(notice -> notice.contains("trained for 9 -> 4"));
    assertThat(adversarial.row(1)).as("all the same").containsExactly(0.1f, 0.2f, 0.3f);
  }

  @Test
  void anUntargetedGoalAsksOnlyForKnownLabels() {
    int[] none = {Batch.NO_TARGET, Batch.NO_TARGET, Batch.NO_TARGET};
    TestRun run = attack(NINE_TO_FOUR, none, 0.1f, 0.2f, 0.3f);
    assertThat(run.flaggedSamples()).containsExactly(9L);
  }

  @Test
  void takesAGeneratorOfUnknownOriginAsItIs() {
    TestRun run = attack(Map.of(), new int[] {4, 7, 4}, 0.1f, 0.2f, 0.3f);
    assertThat(run.flaggedSamples()).isEmpty();
    assertThat(run.notices()).isEmpty();
  }

  @Test
  void anImageThatIsNotANumberStaysCleanAndIsGivenUp() {
    TestRun run = attack(Map.of(), new int[] {4, 4, 4}, 0.1f, Float.NaN, 0.3f);
    assertThat(adversarial.row(0)).containsExactly(0, 0, 0);
    assertThat(run.givenUp(7)).contains("nan");
  }

  @Test
  void refusesAGeneratorForOtherImages() {
    assertThatThrownBy(() -> prepare(NINE_TO_FOUR, new ImageShape(3, 32, 32)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("generator")
        .hasMessageContaining("3x32x32")
        .hasMessageContaining("trained on images of this shape");
  }

  @Test
  void refusesAModelThatWasTrainedForSomethingElse() {
    assertThatThrownBy(() -> prepare(Map.of("component", "denoising-autoencoder"), SHAPE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("trained by denoising-autoencoder")
        .hasMessageContaining("adversarial-transformation-network");
  }

  @Test
  void refusesAGoalThatNoLabelIsTurnedInto() {
    assertThatThrownBy(() -> prepare(NINE_TO_FOUR, SHAPE, OptionalInt.of(7)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("for the goal {targeted: 7}: it was trained for 9 -> 4");
    assertThatCode(() -> prepare(NINE_TO_FOUR, SHAPE, OptionalInt.of(4)))
        .doesNotThrowAnyException();
    assertThatCode(() -> prepare(Map.of(), SHAPE, OptionalInt.of(7))).doesNotThrowAnyException();
  }

  @Test
  void refusesTheGeneratorOfAnotherMethod() {
    Map<String, Object> trained = Map.of("component", "ae4dnn", "targets", Map.of("9", 4));
    assertThatThrownBy(() -> prepare(trained, SHAPE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the attack atn cannot use generator")
        .hasMessageContaining("trained by ae4dnn, whose generators are used by the attack ae4dnn");
    TestRun run = Generators.run(1, SHAPE, trained, (feature, value) -> value);
    assertThatCode(
            () ->
                new Ae4dnn()
                    .prepare(
                        new GeneratorParameters(Generators.MODEL),
                        new Setting(SHAPE, 10, 100, true),
                        run))
        .doesNotThrowAnyException();
  }

  @Test
  void takesTheGeneratorOfATrainerThatItDoesNotKnow() {
    Map<String, Object> trained = Map.of("component", "mine", "targets", Map.of("9", 4));
    assertThatCode(() -> prepare(trained, SHAPE)).doesNotThrowAnyException();
  }

  @Test
  void refusesACardWhoseTargetsCannotBeRead() {
    for (Object targets : new Object[] {"9 -> 4", Map.of("nine", 4)}) {
      assertThatThrownBy(() -> prepare(Map.of("targets", targets), SHAPE))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("training.targets")
          .hasMessageContaining("{9: 4}");
    }
  }

  private void prepare(Map<String, Object> training, ImageShape shape) {
    prepare(training, shape, OptionalInt.empty());
  }

  private void prepare(Map<String, Object> training, ImageShape shape, OptionalInt target) {
    TestRun run = Generators.run(1, SHAPE, training, (feature, value) -> value);
    attack.prepare(
        new GeneratorParameters(Generators.MODEL),
        new Setting(shape, 10, 100, true).wanting(target),
        run);
  }
}
