package io.hone.plugins.optimization.cw;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.attack.Access;
import io.hone.api.data.Batch;
import io.hone.api.geometry.Norm;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.tensor.Tensor;
import io.hone.plugins.optimization.Digits;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares with what Foolbox reached in as many iterations; the data's README says how. */
class CarliniWagnerL2StrengthTest {
  /** What other kernels of a processor may add to a median: they round otherwise. */
  private static final double ROUNDING = 1.005;

  @Test
  void getsAsNearAsFoolbox() throws IOException {
    double[] foolbox = recorded("9x200");
    try (DifferentiableClassifier model = Digits.lenet5()) {
      Batch clean = Digits.known(foolbox.length, false, model);
      assertThat(clean.size()).isEqualTo(foolbox.length);
      TestRun run = new TestRun(1);
      CountingVictim victim = new CountingVictim(model, Access.GRADIENTS, run);
      Tensor adversarial = clean.pixels().copy();
      new CarliniWagnerL2()
          .attack(CarliniWagnerL2.Params.of(200, 9), victim, clean, adversarial, run);
      int[] predicted = model.predict(clean.images().with(adversarial));
      double[] distances =
          IntStream.range(0, clean.size())
              .mapToDouble(
                  row ->
                      clean.succeeds(row, predicted[row])
                          ? Norm.L2.distance(adversarial.row(row), clean.pixels().row(row))
                          : Double.POSITIVE_INFINITY)
              .toArray();
      assertThat(Arrays.stream(distances).filter(Double::isFinite).count())
          .isEqualTo(clean.size() - run.givenUpSamples().size())
          .isGreaterThanOrEqualTo(97);
      assertThat(median(distances)).isLessThanOrEqualTo(median(foolbox) * ROUNDING);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double[] recorded(String column) throws IOException {
    try (InputStream file =
        CarliniWagnerL2StrengthTest.class.getResourceAsStream("foolbox-l2.csv")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      String[] lines = text.lines().toArray(String[]::new);
      int index = Arrays.asList(lines[0].split(",")).indexOf(column);
      return Arrays.stream(lines)
          .skip(1)
          .mapToDouble(line -> Double.parseDouble(line.split(",")[index]))
          .toArray();
    }
  }
}
