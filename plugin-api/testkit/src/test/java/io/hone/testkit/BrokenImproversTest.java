package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.Improver;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.testkit.BrokenComponentsTest.None;
import io.hone.testkit.BrokenComponentsTest.Work;
import org.junit.jupiter.api.Test;

/** The contract test of improvers refuses one that loses an example anywhere. */
class BrokenImproversTest {
  private record Broken(Work work) implements Improver<None> {
    @Override
    public Access access(None parameters) {
      return Access.LABELS;
    }

    @Override
    public void improve(None parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      work.attack(victim, clean, adversarial, run);
    }
  }

  private static ImproverContractTest<None> contract(Work work) {
    return new ImproverContractTest<>(new Broken(work)) {
      @Override
      protected None parameters() {
        return new None();
      }
    };
  }

  /** Tries for each example one other image, and keeps it where it is classified alike. */
  private static Work trying(Trial trial) {
    return (victim, clean, adversarial, run) -> {
      for (int row = 0; row < clean.size(); row++) {
        if (victim.remainingQueries(clean.sample(row)) < 2) {
          continue;
        }
        Tensor tried = adversarial.select(row);
        int label = victim.predict(clean.images().with(adversarial).select(row))[0];
        trial.change(tried, clean.pixels().row(row));
        int kept = victim.predict(clean.images().select(row).with(tried))[0];
        if (clean.succeeds(row, label) && kept == label) {
          adversarial.copyRow(row, tried, 0);
        }
      }
    };
  }

  @FunctionalInterface
  private interface Trial {
    void change(Tensor image, float[] clean);
  }

  @Test
  void acceptsOneThatRestoresWhatKeepsTheClass() {
    assertLoses(trying((image, clean) -> image.set(0, 0, clean[0])), false);
  }

  @Test
  void refusesOneThatNeverAsks() {
    assertLoses(
        (victim, clean, adversarial, run) -> {
          for (int row = 0; row < clean.size(); row++) {
            adversarial.setRow(row, clean.pixels().row(row));
          }
        },
        true);
  }

  @Test
  void refusesOneThatChangesAFeatureMore() {
    assertLoses(
        trying((image, clean) -> image.set(0, 0, clean[0] < 0.5f ? clean[0] + 0.1f : 0)), true);
  }

  @Test
  void refusesOneThatChangesAFeatureByLessThanALevelMore() {
    assertLoses(
        trying(
            (image, clean) -> {
              if (image.get(0, 0) == clean[0]) {
                image.set(0, 0, clean[0] < 0.5f ? clean[0] + 1e-7f : clean[0] - 1e-7f);
              }
            }),
        true);
  }

  @Test
  void refusesOneThatImprovesWhereTheModelGivesNan() {
    assertLoses(
        (victim, clean, adversarial, run) -> {
          if (victim.remainingQueries(clean.sample(0)) == 0) {
            return;
          }
          int[] labels = victim.predict(clean.images().with(adversarial));
          for (int row = 0; row < clean.size(); row++) {
            if (labels[row] < 0) {
              adversarial.set(row, 0, clean.pixels().get(row, 0));
            }
          }
        },
        true);
  }

  private static void assertLoses(Work work, boolean loses) {
    ImproverContractTest<None> contract = contract(work);
    if (loses) {
      assertThatThrownBy(() -> runAll(contract)).isInstanceOf(AssertionError.class);
    } else {
      assertThatCode(() -> runAll(contract)).doesNotThrowAnyException();
    }
  }

  private static void runAll(ImproverContractTest<None> contract) throws Throwable {
    for (var test : contract.losesNothingOnHostileModels().toList()) {
      test.getExecutable().execute();
    }
  }
}
