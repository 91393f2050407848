package io.hone.plugins.gradient.fastadaptiveboundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.TwoLayerClassifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * FAB against its authors' code, whose distances {@code src/test/peers/record_fab.py} recorded on a
 * small network.
 */
class FastAdaptiveBoundaryPeerTest {
  private static final int FEATURES = 36;

  @ParameterizedTest
  @CsvSource({"LINF, all", "LINF, targets", "L2, all", "L2, targets", "L1, all", "L1, targets"})
  void movesAsFarAsItsAuthorsDo(Norm norm, String form) {
    double[] theirs = recorded(norm, form);
    double[] ours = distances(norm, form.equals("all") ? Optional.empty() : Optional.of(4));
    assertThat(ours).hasSameSizeAs(theirs);
    long alike =
        IntStream.range(0, ours.length)
            .filter(row -> Math.abs(ours[row] - theirs[row]) < 1e-3 * theirs[row])
            .count();
    assertThat(alike).as("images within 0.1 percent").isGreaterThanOrEqualTo(57);
    // A change of 1e-7 in an image leads the authors' code too to another example of two images.
    assertThat(Arrays.stream(ours).sum())
        .isCloseTo(Arrays.stream(theirs).sum(), withinPercentage(1));
  }

  private static double[] distances(Norm norm, Optional<Integer> targets) {
    Batch clean = images();
    TestRun run = new TestRun(1);
    Tensor adversarial = clean.pixels().copy();
    TwoLayerClassifier network = network();
    CountingVictim victim = new CountingVictim(network, Access.GRADIENTS, run);
    // The authors' code has no final search.
    FastAdaptiveBoundary.Params parameters =
        new FastAdaptiveBoundary.Params(
            norm, Optional.empty(), false, targets, 100, 1, 0.1, 1.05, 0.9, 0);
    new FastAdaptiveBoundary().attack(parameters, victim, clean, adversarial, run);
    int[] predicted = network.predict(clean.images().with(adversarial));
    for (int row = 0; row < predicted.length; row++) {
      assertThat(clean.succeeds(row, predicted[row])).as("image %d", row).isTrue();
    }
    return IntStream.range(0, clean.size())
        .mapToDouble(row -> norm.distance(adversarial.row(row), clean.pixels().row(row)))
        .toArray();
  }

  private static TwoLayerClassifier network() {
    double[][] rows = numbers("fab-network.csv");
    int hidden = rows[0].length;
    double[][] hiddenWeights = new double[hidden][FEATURES];
    for (int unit = 0; unit < hidden; unit++) {
      for (int feature = 0; feature < FEATURES; feature++) {
        hiddenWeights[unit][feature] = rows[feature][unit];
      }
    }
    double[][] weights = Arrays.copyOfRange(rows, FEATURES + 1, rows.length);
    return new TwoLayerClassifier(
        new ImageShape(1, 6, 6),
        TwoLayerClassifier.Activation.RELU,
        hiddenWeights,
        rows[FEATURES],
        weights,
        new double[weights.length]);
  }

  private static Batch images() {
    double[][] rows = numbers("fab-images.csv");
    Tensor pixels = Tensor.images(rows.length, new ImageShape(1, 6, 6));
    int[] labels = new int[rows.length];
    int[] targets = new int[rows.length];
    for (int row = 0; row < rows.length; row++) {
      labels[row] = (int) rows[row][0];
      targets[row] = Batch.NO_TARGET;
      for (int feature = 0; feature < FEATURES; feature++) {
        pixels.set(row, feature, (float) rows[row][feature + 1]);
      }
    }
    long[] samples = LongStream.range(0, rows.length).toArray();
    return new Batch(new ImageBatch(pixels, samples), labels, targets);
  }

  private static double[] recorded(Norm norm, String form) {
    String wanted = norm.name().toLowerCase(Locale.ROOT) + "," + form + ",";
    return lines("fab-distances.csv").stream()
        .filter(line -> line.startsWith(wanted))
        .mapToDouble(line -> Double.parseDouble(line.split(",")[3]))
        .toArray();
  }

  private static double[][] numbers(String file) {
    return lines(file).stream()
        .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  private static List<String> lines(String file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                FastAdaptiveBoundaryPeerTest.class.getResourceAsStream(file),
                StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
