package io.hone.plugins.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * DeepFool against Foolbox's, whose distances {@code src/test/peers/record_deepfool.py} recorded.
 */
class DeepFoolStrengthTest {
  private record Recorded(int image, double l2, double linf) {}

  @ParameterizedTest
  @EnumSource
  void movesAsFarAsFoolbox(DeepFool.Measure measure) throws IOException {
    boolean l2 = measure == DeepFool.Measure.L2;
    List<Recorded> recorded = recorded();
    double[] theirs = recorded.stream().mapToDouble(row -> l2 ? row.l2() : row.linf()).toArray();
    Batch clean = Digits.untargeted(recorded.stream().mapToInt(Recorded::image).toArray());
    double[] ours = distances(clean, measure, l2 ? Norm.L2 : Norm.LINF);

    assertThat(median(ours)).isCloseTo(median(theirs), withinPercentage(1));
    long alike =
        IntStream.range(0, ours.length)
            .filter(row -> Math.abs(ours[row] - theirs[row]) < 0.02 * theirs[row])
            .count();
    assertThat(alike).as("images within 2 percent").isGreaterThan(ours.length * 9L / 10);
  }

  private static double[] distances(Batch clean, DeepFool.Measure measure, Norm norm) {
    TestRun run = new TestRun(1);
    Tensor adversarial = clean.pixels().copy();
    try (DifferentiableClassifier lenet = Digits.lenet5()) {
      CountingVictim victim = new CountingVictim(lenet, Access.GRADIENTS, run);
      DeepFool.Params parameters = new DeepFool.Params(50, 10, 0.02f, measure);
      new DeepFool().attack(parameters, victim, clean, adversarial, run);
      int[] predicted = lenet.predict(clean.images().with(adversarial));
      for (int row = 0; row < predicted.length; row++) {
        assertThat(clean.succeeds(row, predicted[row])).isTrue();
      }
    }
    assertThat(run.givenUpSamples()).isEmpty();
    return IntStream.range(0, clean.size())
        .mapToDouble(row -> norm.distance(adversarial.row(row), clean.pixels().row(row)))
        .toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static List<Recorded> recorded() throws IOException {
    try (BufferedReader file =
        new BufferedReader(
            new InputStreamReader(
                DeepFoolStrengthTest.class.getResourceAsStream("foolbox-deepfool.csv"),
                StandardCharsets.UTF_8))) {
      return file.lines().skip(1).map(DeepFoolStrengthTest::parsed).toList();
    }
  }

  private static Recorded parsed(String line) {
    String[] cells = line.split(",");
    return new Recorded(
        Integer.parseInt(cells[0]), Double.parseDouble(cells[1]), Double.parseDouble(cells[2]));
  }
}
