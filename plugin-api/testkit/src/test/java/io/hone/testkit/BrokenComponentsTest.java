package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.RecoveringClassifier;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Pixels;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.ValueAccumulator;
import io.hone.api.model.Classifier;
import io.hone.api.model.Loss;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.QueryBudgetException;
import io.hone.api.victim.Victim;
import java.util.Map;
import java.util.OptionalLong;
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
        ContractRule.B1,
        () ->
            contract((victim, clean, adversarial, run) -> adversarial.set(3, 1, 1.5f))
                .staysInRangeAndWritesOnlyItsRows(true));
    assertRefused(
        ContractRule.B1,
        () ->
            contract((victim, clean, adversarial, run) -> adversarial.set(3, 1, Float.NaN))
                .staysInRangeAndWritesOnlyItsRows(false));
  }

  @Test
  void namesRuleImagesAndValues() {
    assertThatThrownBy(
            () ->
                contract((victim, clean, adversarial, run) -> adversarial.set(3, 1, 1.5f))
                    .staysInRangeAndWritesOnlyItsRows(true))
        .hasMessage(
            """
            rule B1 is broken: Every value of an image stays in [0, 1], and only the rows of the\
             batch are written.
              it met: 70 samples of 2x6x5, targeted, before a small network, with seed 11
              found:  row 3 holds 1.5 at feature 1, outside [0, 1]
              see docs/plugins.md, rule B1\
            """);
  }

  @Test
  void refusesWritingToTheCleanImages() {
    assertRefused(
        ContractRule.B2,
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
    assertRefused(ContractRule.B3, () -> contract.givesTheSameInBatchesOfAnySize(true));
    assertRefused(ContractRule.B4, () -> contract.givesTheSameInAnyOrderAndOnTwoThreads(true));
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
    assertRefused(ContractRule.B3, () -> contract.givesTheSameInBatchesOfAnySize(true));
  }

  @Test
  void refusesRandomnessThatIgnoresTheSeed() {
    RandomGenerator random = new SampleRandom(1);
    assertRefused(
        ContractRule.B5,
        () ->
            contract((victim, clean, adversarial, run) -> adversarial.set(0, 0, random.nextFloat()))
                .followsTheSeed(false));
    assertRefused(
        ContractRule.B5,
        () ->
            contract((victim, clean, adversarial, run) -> run.random(7).nextFloat())
                .followsTheSeed(false));
  }

  @Test
  void refusesGoingOnWhenCancelled() {
    assertRefused(
        ContractRule.B6,
        () ->
            contract((victim, clean, adversarial, run) -> adversarial.set(0, 0, 0))
                .endsWhenCancelled(false));
  }

  @Test
  void refusesFailingOnABatchWithoutRows() {
    assertRefused(
        ContractRule.B7,
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
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("rule B8 is broken: No query is made beyond a sample's budget")
        .hasMessageContaining("within 2 queries a sample")
        .hasCauseInstanceOf(QueryBudgetException.class);
  }

  @Test
  void refusesMoreAccessThanDeclared() {
    Work curious =
        (victim, clean, adversarial, run) ->
            victim.lossGradient(
                clean.images(), Loss.crossEntropy(clean.targeted()), clean.goalClasses());
    assertThatThrownBy(() -> contract(curious).neverWritesToTheCleanImages(true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("declared")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  /** Asks 21 times a sample. */
  private static final class Foretelling implements Attack<None> {
    private final long told;

    Foretelling(long told) {
      this.told = told;
    }

    @Override
    public Access access(None parameters) {
      return Access.LABELS;
    }

    @Override
    public OptionalLong expectedQueries(None parameters, Setting setting) {
      return OptionalLong.of(told);
    }

    @Override
    public void attack(None parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      for (int query = 0; query < 21; query++) {
        victim.predict(clean.images());
      }
    }
  }

  private static AttackContractTest<None> foretelling(long told) {
    return new AttackContractTest<>(new Foretelling(told)) {
      @Override
      protected None parameters() {
        return new None();
      }
    };
  }

  @Test
  void refusesANumberOfQueriesThatIsNegativeOrFarTooSmall() {
    assertRefused(ContractRule.B10, () -> foretelling(-1).takesAboutAsManyQueriesAsItExpects(true));
    assertRefused(ContractRule.B10, () -> foretelling(1).takesAboutAsManyQueriesAsItExpects(false));
    assertThatCode(() -> foretelling(2).takesAboutAsManyQueriesAsItExpects(false))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesNanThatAHostileModelPutIntoTheImage() {
    Work trusting =
        (victim, clean, adversarial, run) ->
            adversarial.set(0, 0, victim.predict(clean.images())[0] < 0 ? Float.NaN : 0);
    assertRefused(ContractRule.B9, () -> contract(trusting).survivesNanEverywhere());
  }

  @Test
  void refusesAComponentThatKeepsStateOrIsNotDeclared() {
    AttackContractTest<None> contract = contract((victim, clean, adversarial, run) -> {});
    assertRefused(ContractRule.C3, contract::keepsNoState);
    assertRefused(ContractRule.C1, contract::isListedAmongTheServices);
    assertThatThrownBy(contract::isDeclaredCorrectly)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("rule C2 is broken")
        .hasMessageContaining("@Named")
        .hasCauseInstanceOf(BadInputException.class);
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
        adversarial.set(row, 0, Pixels.clip(changed + away));
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
    assertRefused(
        ContractRule.I1, () -> contract(new Careless()).keepsTheLabelAndMovesNoExampleAway(5));
    assertRefused(
        ContractRule.I2, () -> contract(new Pushing()).keepsTheLabelAndMovesNoExampleAway(5));
    assertRefused(ContractRule.I2, contract(new Pushing())::keepsTheLabelThatAHostileModelGives);
  }

  @Test
  void refusesAnImproverThatTouchesWhatItCannotImprove() {
    assertRefused(
        ContractRule.I3, contract(new Careless())::leavesWhatIsNotAdversarialAloneAndSaysSo);
    assertRefused(
        ContractRule.I4,
        contract(new Careless())::leavesAnExampleAloneWhereEveryOtherImageGivesNan);
    assertRefused(
        ContractRule.I4, contract(new Pushing())::leavesAnExampleThatEqualsItsCleanImageAlone);
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
    assertRefused(ContractRule.D4, () -> contract(new Mixing()).givesTheSameInBatchesOfAnySize(7));
    assertRefused(
        ContractRule.D7, () -> contract(new Mixing()).recoversImagesOfTheSameShapeAndSamples());
    assertRefused(ContractRule.D8, () -> contract(new Mixing()).recoversWithTheDefenseBehindIt());
  }

  /** Adds up in the order in which samples arrive, and divides by zero without any. */
  private static final class Summing implements Metric<None> {
    @Override
    public Accumulator start(None parameters, Setting setting) {
      return new ValueAccumulator() {
        private double sum;

        @Override
        public void add(Outcome outcome) {
          sum += outcome.images().clean()[0] / 3.0;
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
    assertRefused(
        ContractRule.M1,
        () -> contract.namesItsFiguresAndLeavesOutWhatDoesNotExist(StepKind.CLEAN));
    assertRefused(ContractRule.M2, () -> contract.givesTheSameInAnyOrder(StepKind.CLEAN));
    assertRefused(
        ContractRule.M3, () -> contract.givesTheSameFoldedInPartsAndMerged(StepKind.CLEAN));
    assertRefused(ContractRule.M4, () -> contract.goesOnFromWhatItWrote(StepKind.CLEAN));
  }

  @Test
  void refusesAMetricWhoseFiguresTakeEachOthersPlace() {
    MetricContractTest<None> contract = contract(new Clashing());
    assertRefused(ContractRule.M5, () -> contract.givesEachFigureAPlaceOfItsOwn(StepKind.CLEAN));
  }

  /** Gives a number and a group by one name. */
  @Named(id = "clashing", summary = "Gives a number and a group by one name.")
  public static final class Clashing implements Metric<None> {
    @Override
    public Accumulator start(None parameters, Setting setting) {
      return new ValueAccumulator() {
        @Override
        public void add(Outcome outcome) {
          record("share", 1);
        }

        @Override
        public Map<String, Double> value() {
          return Map.of("share", 1.0, "share.mean", 1.0);
        }
      };
    }
  }

  @Test
  void refusesARateThatIsNotItsShareOfSamples() {
    MetricContractTest<None> contract = contract(new Boasting());
    assertRefused(
        ContractRule.M6, () -> contract.givesRatesThatAreTheirShareOfSamples(StepKind.CLEAN));
  }

  /** Calls a sum a rate. */
  private static final class Boasting implements Metric<None> {
    @Override
    public Accumulator start(None parameters, Setting setting) {
      return new ValueAccumulator() {
        @Override
        public void add(Outcome outcome) {
          record("right", outcome.correct() ? 1 : 0);
        }

        @Override
        public Map<String, Boolean> rates(Outcome outcome) {
          return Map.of("right", outcome.correct());
        }

        @Override
        public Map<String, Double> value() {
          return Map.of("right", sum("right"));
        }
      };
    }
  }

  @Test
  void refusesParametersThatAnInlinedRecordDeclaresAgain() {
    MetricContractTest<Twins> contract = new MetricContractTest<>(new Twice()) {};
    assertThatThrownBy(contract::isDeclaredCorrectly)
        .hasMessageContaining(
            "Twins: the parameter `steps` is declared twice, by steps and by shared.steps; rename"
                + " one of them");
  }

  /** Parameters with one name that is there twice. */
  public record Twins(
      @Param(value = "Number of steps.", def = "1") int steps,
      @Param(inline = true) Shared shared) {}

  /** What others use too. */
  public record Shared(@Param(value = "Number of steps.", def = "2") int steps) {}

  /** Declares a parameter twice. */
  @Named(id = "twice", summary = "Declares one of its parameters twice.")
  public static final class Twice implements Metric<Twins> {
    @Override
    public Accumulator start(Twins parameters, Setting setting) {
      throw new UnsupportedOperationException();
    }
  }

  private static void assertRefused(ContractRule rule, ThrowingCallable test) {
    assertThatThrownBy(test)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("rule " + rule + " is broken: " + rule.sentence())
        .hasMessageContaining("it met: ")
        .hasMessageContaining("found: ")
        .hasMessageContaining("docs/plugins.md");
  }
}
