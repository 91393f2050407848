package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.attack.Access;
import io.hone.api.attack.Attack;
import io.hone.api.attack.QueryBudgetException;
import io.hone.api.attack.Victim;
import io.hone.api.component.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.defense.Defense;
import io.hone.api.defense.RecoveringClassifier;
import io.hone.api.improve.Improver;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.ValueAccumulator;
import io.hone.api.model.Classifier;
import io.hone.api.model.Loss;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.tensor.ImageShape;
import io.hone.api.tensor.Tensor;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each contract test refuses a component that breaks what it promises. */
class BrokenComponentsTest {
  /** No parameters. */
  record None() {}

  /** What a broken attack does. */
  @FunctionalInterface
  interface Work {
    void attack(Victim victim, Batch clean, Tensor adversarial, Run run);
  }

  private static final class Broken implements Attack<None> {
    private final Work work;

    Broken(Work work) {
      this.work = work;
    }

    @Override
    public Access access(None parameters) {
      return Access.LABELS;
    }

    @Override
    public void attack(None parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      work.attack(victim, clean, adversarial, run);
    }
  }

  static AttackContractTest<None> contract(Work work) {
    return new AttackContractTest<>(new Broken(work)) {
      @Override
      protected None parameters() {
        return new None();
      }
    };
  }

  @Test
  void refusesValuesOutsideThePixelRange() {
    assertRefused(
        () ->
            contract((victim, clean, adversarial, run) -> adversarial.set(3, 1, 1.5f))
                .staysInRangeAndWritesOnlyItsRows(true));
    assertRefused(
        () ->
            contract((victim, clean, adversarial, run) -> adversarial.set(3, 1, Float.NaN))
                .staysInRangeAndWritesOnlyItsRows(false));
  }

  @Test
  void refusesWritingToTheCleanImages() {
    assertRefused(
        () ->
            contract((victim, clean, adversarial, run) -> clean.pixels().set(0, 0, 0.5f))
                .neverWritesToTheCleanImages(false));
  }

  @Test
  void refusesResultsThatDependOnThePlaceInTheBatch() {
    AttackContractTest<None> contract =
        contract(
            (victim, clean, adversarial, run) -> {
              for (int row = 0; row < clean.size(); row++) {
                adversarial.set(row, 0, row / 100f);
              }
            });
    assertRefused(() -> contract.givesTheSameInBatchesOfAnySize(true));
    assertRefused(() -> contract.givesTheSameInAnyOrderAndOnTwoThreads(true));
  }

  @Test
  void refusesOneRandomStreamForAWholeBatch() {
    AttackContractTest<None> contract =
        contract(
            (victim, clean, adversarial, run) -> {
              RandomGenerator random = run.random(0);
              for (int row = 0; row < clean.size(); row++) {
                adversarial.set(row, 0, random.nextFloat());
              }
            });
    assertRefused(() -> contract.givesTheSameInBatchesOfAnySize(true));
  }

  @Test
  void refusesRandomnessThatIgnoresTheSeed() {
    RandomGenerator random = new SampleRandom(1);
    assertRefused(
        () ->
            contract((victim, clean, adversarial, run) -> adversarial.set(0, 0, random.nextFloat()))
                .followsTheSeed(false));
    assertRefused(
        () ->
            contract((victim, clean, adversarial, run) -> run.random(7).nextFloat())
                .followsTheSeed(false));
  }

  @Test
  void refusesGoingOnWhenCancelled() {
    assertRefused(
        () ->
            contract((victim, clean, adversarial, run) -> adversarial.set(0, 0, 0))
                .endsWhenCancelled(false));
  }

  @Test
  void refusesFailingOnABatchWithoutRows() {
    assertRefused(
        () ->
            contract((victim, clean, adversarial, run) -> clean.label(0))
                .takesABatchWithoutRows(false));
  }

  @Test
  void refusesMoreQueriesThanBudgeted() {
    Work greedy =
        (victim, clean, adversarial, run) -> {
          for (int query = 0; query < 4; query++) {
            victim.predict(clean.images());
          }
        };
    assertThatThrownBy(() -> contract(greedy).keepsToItsBudget(2))
        .isInstanceOf(QueryBudgetException.class);
  }

  @Test
  void refusesMoreAccessThanDeclared() {
    Work curious =
        (victim, clean, adversarial, run) ->
            victim.lossGradient(
                clean.images(), Loss.crossEntropy(clean.targeted()), clean.goalClasses());
    assertThatThrownBy(() -> contract(curious).neverWritesToTheCleanImages(true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("declared");
  }

  @Test
  void refusesNanThatAHostileModelPutIntoTheImage() {
    Work trusting =
        (victim, clean, adversarial, run) ->
            adversarial.set(0, 0, victim.predict(clean.images())[0] < 0 ? Float.NaN : 0);
    assertRefused(() -> contract(trusting).survivesNanEverywhere());
  }

  @Test
  void refusesAComponentThatKeepsStateOrIsNotDeclared() {
    AttackContractTest<None> contract = contract((victim, clean, adversarial, run) -> {});
    assertRefused(contract::keepsNoState);
    assertRefused(contract::isListedAmongTheServices);
    assertThatThrownBy(contract::isDeclaredCorrectly)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("@Named");
  }

  private static final class Careless implements Improver<None> {
    @Override
    public Access access(None parameters) {
      return Access.LABELS;
    }

    /** Goes all the way back, whatever becomes of the label. */
    @Override
    public void improve(None parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      adversarial.copyRows(0, clean.pixels(), 0, clean.size());
    }
  }

  private static final class Pushing implements Improver<None> {
    @Override
    public Access access(None parameters) {
      return Access.LABELS;
    }

    /** Moves one feature away from its clean value by less than any label notices. */
    @Override
    public void improve(None parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      for (int row = 0; row < clean.size(); row++) {
        float changed = adversarial.get(row, 0);
        float away = changed < clean.pixels().get(row, 0) ? -1e-6f : 1e-6f;
        adversarial.set(row, 0, Math.max(0, Math.min(1, changed + away)));
      }
    }
  }

  private static ImproverContractTest<None> contract(Improver<None> improver) {
    return new ImproverContractTest<>(improver) {
      @Override
      protected None parameters() {
        return new None();
      }
    };
  }

  @Test
  void refusesAnImproverThatLosesTheLabelOrMovesAway() {
    assertRefused(() -> contract(new Careless()).keepsTheLabelAndMovesNoExampleAway(5));
    assertRefused(() -> contract(new Pushing()).keepsTheLabelAndMovesNoExampleAway(5));
    assertRefused(contract(new Pushing())::keepsTheLabelThatAHostileModelGives);
  }

  @Test
  void refusesAnImproverThatTouchesWhatItCannotImprove() {
    assertRefused(contract(new Careless())::leavesWhatIsNotAdversarialAloneAndSaysSo);
    assertRefused(contract(new Careless())::leavesAnExampleAloneWhereEveryOtherImageGivesNan);
    assertRefused(contract(new Pushing())::leavesAnExampleThatEqualsItsCleanImageAlone);
  }

  /** Recovers each image from the one before it in the batch, too bright. */
  private static final class Mixing implements Defense<None> {
    @Override
    public Classifier protect(None parameters, Classifier base, Run run) {
      return new RecoveringClassifier() {
        @Override
        public int classes() {
          return base.classes();
        }

        @Override
        public boolean accepts(ImageShape shape) {
          return base.accepts(shape);
        }

        @Override
        public Tensor logits(ImageBatch images) {
          return base.logits(recover(images));
        }

        @Override
        public ImageBatch recover(ImageBatch images) {
          Tensor mixed = images.pixels().copy();
          for (int row = 1; row < images.size(); row++) {
            mixed.set(row, 0, 1 + images.pixels().get(row - 1, 0));
          }
          return images.with(mixed);
        }
      };
    }
  }

  private static DefenseContractTest<None> contract(Defense<None> defense) {
    return new DefenseContractTest<>(defense) {
      @Override
      protected None parameters() {
        return new None();
      }
    };
  }

  @Test
  void refusesADefenseThatMixesImagesOrLeavesTheRange() {
    assertRefused(() -> contract(new Mixing()).givesTheSameInBatchesOfAnySize(7));
    assertRefused(() -> contract(new Mixing()).recoversImagesOfTheSameShapeAndSamples());
    assertRefused(() -> contract(new Mixing()).recoversWithTheDefenseBehindIt());
  }

  /** Adds up in the order in which samples arrive, and divides by zero without any. */
  private static final class Summing implements Metric<None> {
    @Override
    public Accumulator start(None parameters, Setting setting) {
      return new ValueAccumulator() {
        private double sum;

        @Override
        public void add(Outcome outcome) {
          sum += outcome.clean()[0] / 3.0;
          record("n", 1);
        }

        @Override
        public Map<String, Double> value() {
          return Map.of("mean", sum / count("n"));
        }
      };
    }
  }

  private static MetricContractTest<None> contract(Metric<None> metric) {
    return new MetricContractTest<>(metric) {
      @Override
      protected None parameters() {
        return new None();
      }
    };
  }

  @Test
  void refusesAMetricThatDependsOnTheOrderOrForgets() {
    MetricContractTest<None> contract = contract(new Summing());
    assertRefused(() -> contract.namesItsFiguresAndLeavesOutWhatDoesNotExist(StepKind.CLEAN));
    assertRefused(() -> contract.givesTheSameInAnyOrder(StepKind.CLEAN));
    assertRefused(() -> contract.givesTheSameFoldedInPartsAndMerged(StepKind.CLEAN));
    assertRefused(() -> contract.goesOnFromWhatItWrote(StepKind.CLEAN));
  }

  private static void assertRefused(ThrowingCallable test) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class);
  }
}
