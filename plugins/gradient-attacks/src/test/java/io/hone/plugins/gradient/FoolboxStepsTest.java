package io.hone.plugins.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.attack.Access;
import io.hone.api.attack.Attack;
import io.hone.api.data.Batch;
import io.hone.api.geometry.Norm;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.tensor.Tensor;
import io.hone.plugins.gradient.ProjectedGradientDescent.Descended;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
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
  private record Recorded(String attack, int image, int predicted, double l2, double print) {}

  private record Found(int predicted, double l2, double print) {
    boolean isSameImageAs(Recorded recorded) {
      return Math.abs(l2 - recorded.l2()) < 1e-4 && Math.abs(print - recorded.print()) < 1e-4;
    }
  }

  static Stream<Arguments> attacks() {
    return Stream.of(
        Arguments.of("fgsm", run(new FastGradientSign(), fgsm(0.1f, Norm.LINF))),
        Arguments.of("fgsm-l2", run(new FastGradientSign(), fgsm(1.5f, Norm.L2))),
        Arguments.of(
            "bim",
            run(new BasicIterative(), new BasicIterative.Params(0.1f, 0.2, 10, Norm.LINF, false))),
        Arguments.of(
            "bim-l2",
            run(new BasicIterative(), new BasicIterative.Params(1.5f, 0.2, 10, Norm.L2, false))),
        Arguments.of("pgd", run(new ProjectedGradientDescent(), pgd(0.1f, 0.05, Norm.LINF))),
        Arguments.of("pgd-l2", run(new ProjectedGradientDescent(), pgd(1.5f, 0.1, Norm.L2))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void makesTheSameImagesAsFoolbox(String name, Work work) throws IOException {
    List<Recorded> theirs = recorded(name);
    List<Found> ours = found(theirs, work);
    long same =
        IntStream.range(0, ours.size())
            .filter(row -> ours.get(row).isSameImageAs(theirs.get(row)))
            .count();
    long alike =
        IntStream.range(0, ours.size())
            .filter(row -> ours.get(row).predicted() == theirs.get(row).predicted())
            .count();
    // a gradient that rounds to another sign makes another image, on few images and processors
    assertThat(same).isGreaterThanOrEqualTo(theirs.size() - 3);
    assertThat(alike).isGreaterThanOrEqualTo(theirs.size() - 1);
  }

  @Test
  void leavesNoMoreRobustThanFoolboxFromRandomStarts() throws IOException {
    List<Recorded> theirs = recorded("pgd-random");
    ProjectedGradientDescent.Params parameters =
        new ProjectedGradientDescent.Params(
            0.1f, 0.1 / 3, 40, Norm.LINF, true, 1, Descended.CROSS_ENTROPY, true);
    List<Found> ours = found(theirs, run(new ProjectedGradientDescent(), parameters));
    Batch clean = Digits.untargeted(theirs.stream().mapToInt(Recorded::image).toArray());
    long theirRobust = 0;
    long ourRobust = 0;
    for (int row = 0; row < ours.size(); row++) {
      theirRobust += clean.succeeds(row, theirs.get(row).predicted()) ? 0 : 1;
      ourRobust += clean.succeeds(row, ours.get(row).predicted()) ? 0 : 1;
    }
    assertThat(ourRobust).isLessThanOrEqualTo(theirRobust);
  }

  /** An attack with its parameters. */
  interface Work {
    void on(CountingVictim victim, Batch clean, Tensor adversarial, TestRun run);
  }

  private static <P extends Record> Work run(Attack<P> attack, P parameters) {
    return (victim, clean, adversarial, run) ->
        attack.attack(parameters, victim, clean, adversarial, run);
  }

  private static FastGradientSign.Params fgsm(float epsilon, Norm norm) {
    return new FastGradientSign.Params(epsilon, norm);
  }

  private static ProjectedGradientDescent.Params pgd(float epsilon, double step, Norm norm) {
    return new ProjectedGradientDescent.Params(
        epsilon, step, 40, norm, false, 1, Descended.CROSS_ENTROPY, false);
  }

  private static List<Found> found(List<Recorded> recorded, Work work) {
    Batch clean = Digits.untargeted(recorded.stream().mapToInt(Recorded::image).toArray());
    Tensor adversarial = clean.pixels().copy();
    int[] predicted;
    try (DifferentiableClassifier lenet = Digits.lenet5()) {
      TestRun run = new TestRun(1);
      work.on(new CountingVictim(lenet, Access.GRADIENTS, run), clean, adversarial, run);
      predicted = lenet.predict(clean.images().with(adversarial));
    }
    return IntStream.range(0, predicted.length)
        .mapToObj(row -> found(predicted[row], adversarial.row(row), clean.pixels().row(row)))
        .toList();
  }

  private static Found found(int predicted, float[] image, float[] clean) {
    double print = 0;
    for (int feature = 0; feature < image.length; feature++) {
      print += ((double) image[feature] - clean[feature]) * Math.cos(feature);
    }
    return new Found(predicted, Norm.L2.distance(image, clean), print);
  }

  private static List<Recorded> recorded(String attack) throws IOException {
    try (BufferedReader file =
        new BufferedReader(
            new InputStreamReader(
                FoolboxStepsTest.class.getResourceAsStream("foolbox-steps.csv"),
                StandardCharsets.UTF_8))) {
      return file.lines()
          .skip(1)
          .map(line -> line.split(","))
          .filter(cells -> cells[0].equals(attack))
          .map(FoolboxStepsTest::parsed)
          .toList();
    }
  }

  private static Recorded parsed(String[] cells) {
    return new Recorded(
        cells[0],
        Integer.parseInt(cells[1]),
        Integer.parseInt(cells[2]),
        Double.parseDouble(cells[3]),
        Double.parseDouble(cells[4]));
  }
}
