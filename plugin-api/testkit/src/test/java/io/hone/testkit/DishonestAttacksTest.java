package io.hone.testkit;

import static io.hone.testkit.BrokenComponentsTest.contract;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.Attack;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.testkit.BrokenComponentsTest.Work;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** The contract test refuses attacks that leave bounds, never end or keep reasons to themselves. */
class DishonestAttacksTest {
  /** What a stray attack is told to keep to. */
  record Sized(
      @Param(value = "How far.", unit = Param.Unit.RADIUS) float reach,
      @Param("Measured in.") Norm measure) {}

  /** The same as part of other parameters. */
  record Inlining(@Param(inline = true) Sized size) {}

  /** What keeps an attack within a ball only where it is given. */
  record Bounded(
      @Param(value = "How far.", unit = Param.Unit.RADIUS) Optional<Double> reach,
      @Param("Measured in.") Norm measure) {}

  private static final class BoundedStray implements Attack<Bounded> {
    @Override
    public Access access(Bounded parameters) {
      return Access.LABELS;
    }

    @Override
    public void attack(
        Bounded parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      new Stray().attack(new Sized(0.1f, Norm.L2), victim, clean, adversarial, run);
    }
  }

  private static final class InliningStray implements Attack<Inlining> {
    @Override
    public Access access(Inlining parameters) {
      return Access.LABELS;
    }

    @Override
    public void attack(
        Inlining parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      new Stray().attack(parameters.size(), victim, clean, adversarial, run);
    }
  }

  private static final class Stray implements Attack<Sized> {
    @Override
    public Access access(Sized parameters) {
      return Access.LABELS;
    }

    /** Moves every feature by nearly epsilon, which is too far in all norms but one. */
    @Override
    public void attack(Sized parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      for (int row = 0; row < clean.size(); row++) {
        for (int feature = 0; feature < adversarial.rowSize(); feature++) {
          float value = adversarial.get(row, feature);
          float step = 0.9f * parameters.reach();
          adversarial.set(row, feature, value > 0.5f ? value - step : value + step);
        }
      }
    }
  }

  @Test
  void refusesLeavingTheBallInOneOfItsNorms() {
    AttackContractTest<Sized> contract =
        new AttackContractTest<>(new Stray()) {
          @Override
          protected Sized parameters() {
            return new Sized(0.1f, Norm.L2);
          }
        };
    assertThatThrownBy(() -> meetAll(contract))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("rule A1 is broken: No emitted image is farther from its clean image")
        .hasMessageContaining("model ORDINARY of 2x6x5 images, untargeted, without a budget")
        .hasMessageContaining("Sized[reach=0.1, measure=L2], sample 5000000000")
        .hasMessageContaining("[L2 distance from the clean image] Expecting actual: 0.69");
  }

  @Test
  void findsRadiusAndNormInAnInlinedRecord() {
    AttackContractTest<Inlining> contract =
        new AttackContractTest<>(new InliningStray()) {
          @Override
          protected Inlining parameters() {
            return new Inlining(new Sized(0.1f, Norm.LINF));
          }
        };
    assertThatThrownBy(() -> meetAll(contract))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("rule A1 is broken: No emitted image is farther from its clean image")
        .hasMessageContaining("measure=L2")
        .hasMessageContaining("[L2 distance from the clean image] Expecting actual: 0.69");
  }

  @Test
  void mindsAnOptionalRadiusOnlyWhereItIsGiven() throws Throwable {
    meetAll(bounded(Optional.empty()));
    assertThatThrownBy(() -> meetAll(bounded(Optional.of(0.1))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("rule A1 is broken: No emitted image is farther from its clean image")
        .hasMessageContaining("[L2 distance from the clean image] Expecting actual: 0.69");
  }

  private static AttackContractTest<Bounded> bounded(Optional<Double> reach) {
    return new AttackContractTest<>(new BoundedStray()) {
      @Override
      protected Bounded parameters() {
        return new Bounded(reach, Norm.L2);
      }
    };
  }

  @Test
  void refusesSilenceAboutWhatAnAttackWasTold() {
    Work silent = withinBudget((victim, clean, adversarial, run) -> victim.predict(clean.images()));
    assertThatThrownBy(() -> meetAll(contract(silent)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("rule A4 is broken")
        .hasMessageContaining("gives the reason budget");
    Work alwaysTheSame =
        (victim, clean, adversarial, run) -> {
          for (int row = 0; row < clean.size(); row++) {
            run.giveUp(clean.sample(row), "budget");
          }
          silent.attack(victim, clean, adversarial, run);
        };
    assertThatThrownBy(() -> meetAll(contract(alwaysTheSame)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("rule A2 is broken")
        .hasMessageContaining("nan");
  }

  /** Leaves the model alone where a sample has no query left. */
  private static Work withinBudget(Work work) {
    return (victim, clean, adversarial, run) -> {
      boolean pays = true;
      for (int row = 0; row < clean.size(); row++) {
        pays &= victim.remainingQueries(clean.sample(row)) > 0;
      }
      if (pays) {
        work.attack(victim, clean, adversarial, run);
      }
    };
  }

  @Test
  void refusesAnAttackThatNeverEnds() {
    Work endless =
        (victim, clean, adversarial, run) -> {
          while (victim.remainingQueries(clean.sample(0)) > 0) {
            victim.predict(clean.images().rows(0, 1));
          }
        };
    assertThatThrownBy(() -> meetAll(contract(endless)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("rule A5 is broken")
        .hasMessageContaining("goes on");
  }

  @Test
  void refusesResultsThatABudgetChangesWithoutNeed() {
    Work miserly =
        (victim, clean, adversarial, run) -> {
          if (victim.remainingQueries(clean.sample(0)) < 10) {
            adversarial.set(0, 0, 1 - adversarial.get(0, 0));
          }
        };
    assertThatThrownBy(() -> meetAll(contract(miserly)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("rule A3 is broken")
        .hasMessageContaining("does not exceed");
  }

  private static void meetAll(AttackContractTest<?> contract) throws Throwable {
    for (DynamicTest encounter : contract.endsHonestlyOnHostileModels().toList()) {
      encounter.getExecutable().execute();
    }
  }
}
