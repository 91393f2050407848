package io.hone.plugins.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.victim.Access;
import io.hone.plugins.gradient.fastadaptiveboundary.FastAdaptiveBoundary;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * FAB against its authors' code on LeNet-5 and MNIST, whose distances {@code
 * src/test/peers/record_fab.py} recorded. The means are in docs/attacks/differences.md.
 */
@Tag("long")
class FastAdaptiveBoundaryStrengthTest {
  private record Recorded(int image, double distance) {}

  @ParameterizedTest
  @CsvSource({"LINF, all", "LINF, targets", "L2, all", "L2, targets", "L1, all", "L1, targets"})
  void movesAsFarAsItsAuthorsDo(Norm norm, String form, TestReporter reporter) throws IOException {
    List<Recorded> recorded = recorded(norm, form);
    double[] theirs = recorded.stream().mapToDouble(Recorded::distance).toArray();
    Batch clean = Digits.untargeted(recorded.stream().mapToInt(Recorded::image).toArray());
    double[] ours = distances(clean, norm, form.equals("targets"), 0);
    double[] searched = distances(clean, norm, form.equals("targets"), 3);
    reporter.publishEntry(
        "mean distances in %s, %s".formatted(norm, form),
        "%.5f, authors %.5f, with final search %.5f"
            .formatted(mean(ours), mean(theirs), mean(searched)));

    assertThat(mean(ours)).isCloseTo(mean(theirs), withinPercentage(0.2));
    assertThat(mean(searched)).isLessThan(mean(ours));
    long alike =
        IntStream.range(0, ours.length)
            .filter(row -> Math.abs(ours[row] - theirs[row]) < 1e-3 * theirs[row])
            .count();
    assertThat(alike).as("images within 0.1 percent").isGreaterThanOrEqualTo(95);
  }

  private static double[] distances(Batch clean, Norm norm, boolean targets, int finalSearch) {
    TestRun run = new TestRun(1);
    Tensor adversarial = clean.pixels().copy();
    try (DifferentiableClassifier lenet = Digits.lenet5()) {
      CountingVictim victim = new CountingVictim(lenet, Access.GRADIENTS, run);
      FastAdaptiveBoundary.Params parameters =
          new FastAdaptiveBoundary.Params(
              norm,
              Optional.empty(),
              false,
              targets ? Optional.of(9) : Optional.empty(),
              100,
              1,
              0.1,
              1.05,
              0.9,
              finalSearch);
      new FastAdaptiveBoundary().attack(parameters, victim, clean, adversarial, run);
      int[] predicted = lenet.predict(clean.images().with(adversarial));
      for (int row = 0; row < predicted.length; row++) {
        assertThat(clean.succeeds(row, predicted[row])).as("image %d", row).isTrue();
      }
    }
    return IntStream.range(0, clean.size())
        .mapToDouble(row -> norm.distance(adversarial.row(row), clean.pixels().row(row)))
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static List<Recorded> recorded(Norm norm, String form) throws IOException {
    String wanted = norm.name().toLowerCase(Locale.ROOT) + "," + form + ",";
    try (BufferedReader file =
        new BufferedReader(
            new InputStreamReader(
                FastAdaptiveBoundaryStrengthTest.class.getResourceAsStream("fab-lenet5.csv"),
                StandardCharsets.UTF_8))) {
      return file.lines()
          .filter(line -> line.startsWith(wanted))
          .map(line -> line.split(","))
          .map(cells -> new Recorded(Integer.parseInt(cells[2]), Double.parseDouble(cells[3])))
          .toList();
    }
  }
}
