package io.hone.plugins.gradient.autopgd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The two conditions, with checkpoints after 22 and 41 of 100 iterations. */
class StepHalvingTest {
  private final StepHalving halving = new StepHalving(Checkpoints.of(100), 1, 100);

  /** Takes losses of iterations that fall by 1 as often as told and then stay. */
  private boolean lastOf(int first, int last, int falls, double loss) {
    boolean back = false;
    for (int iteration = first; iteration <= last; iteration++) {
      assertThat(back).as("back before iteration %d", iteration).isFalse();
      back = halving.takesBack(iteration, loss - Math.min(falls, iteration - first + 1));
    }
    return back;
  }

  @Test
  void aLossThatFallsOftenEnoughKeepsTheStep() {
    assertThat(lastOf(1, 22, 17, 100)).isFalse();
    assertThat(halving.size()).isEqualTo(1);
  }

  @Test
  void aLossThatFallsInThreeQuartersOfThePeriodOrLessHalvesTheStep() {
    assertThat(lastOf(1, 22, 16, 100)).isTrue();
    assertThat(halving.size()).isEqualTo(0.5);
  }

  @Test
  void theFirstIterationIsComparedWithTheStart() {
    // 16 falls among the others: only that of the first iteration is the 17th.
    assertThat(halving.takesBack(1, 99)).isFalse();
    assertThat(lastOf(2, 22, 16, 99)).isFalse();
  }

  @Test
  void aPeriodWithoutABetterPointHalvesTheStepUnlessThePeriodBeforeDid() {
    assertThat(lastOf(1, 22, 22, 100)).isFalse();
    // Falls all the time, but from above, and never below what was best.
    assertThat(lastOf(23, 41, 19, 200)).isTrue();
    assertThat(halving.size()).isEqualTo(0.5);
    assertThat(lastOf(42, 57, 16, 300)).isFalse();
    assertThat(lastOf(58, 70, 13, 400)).isTrue();
    assertThat(halving.size()).isEqualTo(0.25);
  }
}
