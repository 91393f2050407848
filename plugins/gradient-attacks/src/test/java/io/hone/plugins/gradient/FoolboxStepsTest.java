package io.hone.plugins.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.geometry.Norm;
import io.hone.plugins.gradient.ProjectedGradientDescent.Descended;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks of fixed steps against Foolbox's, whose examples {@code src/test/peers/record_steps.py}
 * recorded.
 */
class FoolboxStepsTest {
  static Stream<Arguments> attacks() {
    return Stream.of(
        Arguments.of("fgsm", Example.attack(new FastGradientSign(), fgsm(0.1f, Norm.LINF))),
        Arguments.of("fgsm-l2", Example.attack(new FastGradientSign(), fgsm(1.5f, Norm.L2))),
        Arguments.of("bim", Example.attack(new BasicIterative(), bim(0.1f, Norm.LINF))),
        Arguments.of("bim-l2", Example.attack(new BasicIterative(), bim(1.5f, Norm.L2))),
        Arguments.of(
            "pgd", Example.attack(new ProjectedGradientDescent(), pgd(0.1f, 0.05, Norm.LINF))),
        Arguments.of(
            "pgd-l2", Example.attack(new ProjectedGradientDescent(), pgd(1.5f, 0.1, Norm.L2))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void makesTheSameImagesAsFoolbox(String name, Example.Work work) {
    List<Example> theirs = recorded(name);
    List<Example> ours = Example.made(clean(theirs), work);
    // a gradient that rounds to another sign makes another image, on few images and processors
    assertThat(Example.same(ours, theirs)).isGreaterThanOrEqualTo(theirs.size() - 3);
    assertThat(Example.alike(ours, theirs)).isGreaterThanOrEqualTo(theirs.size() - 1);
  }

  @Test
  void leavesNoMoreRobustThanFoolboxFromRandomStarts() {
    List<Example> theirs = recorded("pgd-random");
    ProjectedGradientDescent.Params parameters =
        new ProjectedGradientDescent.Params(
            new StepBudget(0.1f, 0.1 / 3, 40, Norm.LINF), true, 1, Descended.CROSS_ENTROPY, true);
    Batch clean = clean(theirs);
    List<Example> ours =
        Example.made(clean, Example.attack(new ProjectedGradientDescent(), parameters));
    assertThat(Example.successes(clean, ours))
        .isGreaterThanOrEqualTo(Example.successes(clean, theirs));
  }

  private static Batch clean(List<Example> recorded) {
    return Digits.untargeted(Example.images(recorded));
  }

  private static List<Example> recorded(String attack) {
    return Example.recorded("foolbox-steps.csv", attack);
  }

  private static FastGradientSign.Params fgsm(float epsilon, Norm norm) {
    return new FastGradientSign.Params(epsilon, norm);
  }

  private static BasicIterative.Params bim(float epsilon, Norm norm) {
    return new BasicIterative.Params(new StepBudget(epsilon, 0.2, 10, norm), false);
  }

  private static ProjectedGradientDescent.Params pgd(float epsilon, double step, Norm norm) {
    return new ProjectedGradientDescent.Params(
        new StepBudget(epsilon, step, 40, norm), false, 1, Descended.CROSS_ENTROPY, false);
  }
}
