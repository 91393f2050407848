package io.hone.plugins.optimization.lbfgs;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.plugins.optimization.Digits;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The objective that the attack minimises, against the minima that SciPy's L-BFGS-B finds of it
 * ({@code src/test/peers/record_lbfgs.py} recorded them).
 *
 * <p>The network is piecewise linear, so its objective has many minima and neither optimiser always
 * finds the lower one: they are compared over all images.
 */
class AttackObjectiveTest {
  private record Recorded(int image, double weight, double objective) {}

  @Test
  void findsMinimaAsLowAsScipys() throws IOException {
    try (DifferentiableClassifier lenet = Digits.lenet5()) {
      double[] ratios =
          recorded().stream().mapToDouble(row -> minimum(lenet, row) / row.objective()).toArray();
      Arrays.sort(ratios);
      assertThat(Arrays.stream(ratios).average().orElseThrow()).isBetween(0.98, 1.01);
      assertThat(ratios[ratios.length / 2]).isBetween(0.99, 1.01);
    }
  }

  private static double minimum(DifferentiableClassifier lenet, Recorded recorded) {
    Batch clean = Digits.towardNextClass(recorded.image());
    GoalLoss loss = new GoalLoss(new CountingVictim(lenet, Access.GRADIENTS, new TestRun(1)), true);
    float[] pixels = clean.pixels().row(0);
    double[] start = new double[pixels.length];
    Arrays.setAll(start, feature -> pixels[feature]);
    BoundedMinimizer minimizer =
        new BoundedMinimizer(start, Bounds.unit(start.length), BoundedMinimizer.Settings.USUAL);
    while (minimizer.running()) {
      double[] point = minimizer.asked();
      Tensor image = clean.pixels().copy();
      double objective = 0;
      for (int feature = 0; feature < point.length; feature++) {
        image.set(0, feature, (float) point[feature]);
        objective += Math.pow(point[feature] - start[feature], 2);
      }
      ImageEvaluation told = loss.evaluate(clean.images().with(image), ActiveSamples.of(clean))[0];
      double[] gradient = new double[point.length];
      for (int feature = 0; feature < point.length; feature++) {
        gradient[feature] =
            2 * (point[feature] - start[feature]) + recorded.weight() * told.gradient()[feature];
      }
      minimizer.tell(objective + recorded.weight() * told.loss(), gradient);
    }
    return minimizer.value();
  }

  private static List<Recorded> recorded() throws IOException {
    try (BufferedReader file =
        new BufferedReader(
            new InputStreamReader(
                AttackObjectiveTest.class.getResourceAsStream("scipy-lbfgsb.csv"),
                StandardCharsets.UTF_8))) {
      return file.lines()
          .skip(1)
          .map(line -> line.split(","))
          .map(
              cells ->
                  new Recorded(
                      Integer.parseInt(cells[0]),
                      Double.parseDouble(cells[1]),
                      Double.parseDouble(cells[2])))
          .toList();
    }
  }
}
