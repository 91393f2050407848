package io.hone.plugins.optimization.cw;

import io.hone.api.Attack;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * How far an attack had to move each image.
 *
 * @param values in the order of the images; infinity where the attack failed
 */
record Distances(double[] values) {
  /** Reads the first so many rows of a column that a script of {@code src/test/peers} wrote. */
  static Distances recorded(String file, String column, int images) {
    try (InputStream text = Distances.class.getResourceAsStream(file)) {
      String[] lines =
          new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toArray(String[]::new);
      int index = Arrays.asList(lines[0].split(",")).indexOf(column);
      return new Distances(
          Arrays.stream(lines)
              .skip(1)
              .limit(images)
              .mapToDouble(line -> Double.parseDouble(line.split(",")[index]))
              .toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Attacks, and measures the images that meet the goal. */
  static <P extends Record> Distances reached(
      Attack<P> attack,
      P parameters,
      DifferentiableClassifier model,
      Batch clean,
      ToDoubleBiFunction<float[], float[]> measure) {
    TestRun run = new TestRun(1);
    Tensor adversarial = clean.pixels().copy();
    CountingVictim victim = new CountingVictim(model, Access.GRADIENTS, run);
    attack.attack(parameters, victim, clean, adversarial, run);
    int[] predicted = model.predict(clean.images().with(adversarial));
    return new Distances(
        IntStream.range(0, clean.size())
            .mapToDouble(
                row ->
                    clean.succeeds(row, predicted[row])
                        ? measure.applyAsDouble(adversarial.row(row), clean.pixels().row(row))
                        : Double.POSITIVE_INFINITY)
            .toArray());
  }

  long successes() {
    return Arrays.stream(values).filter(Double::isFinite).count();
  }

  double mean() {
    return Arrays.stream(values).average().orElseThrow();
  }

  double median() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
