package io.hone.plugins.gradient;

import io.hone.api.Attack;
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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an attack of Hone or of a peer made of an image of MNIST's test set.
 *
 * @param image index in the test set
 * @param predicted class that LeNet-5 takes it for
 * @param l2 distance to the clean image
 * @param print the change's scalar product with cos(0), cos(1), ...: equal only where images are
 */
record Example(int image, int predicted, double l2, double print) {
  /** An attack with its parameters. */
  interface Work {
    void on(CountingVictim victim, Batch clean, Tensor adversarial, TestRun run);
  }

  boolean isSameImageAs(Example other) {
    return image == other.image
        && Math.abs(l2 - other.l2) < 1e-4
        && Math.abs(print - other.print) < 1e-4;
  }

  static <P extends Record> Work attack(Attack<P> attack, P parameters) {
    return (victim, clean, adversarial, run) ->
        attack.attack(parameters, victim, clean, adversarial, run);
  }

  /** Reads what a script of {@code src/test/peers} recorded of an attack. */
  static List<Example> recorded(String file, String attack) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Example.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.split(","))
          .filter(cells -> cells[0].equals(attack))
          .map(Example::parsed)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Example parsed(String[] cells) {
    return new Example(
        Integer.parseInt(cells[1]),
        Integer.parseInt(cells[2]),
        Double.parseDouble(cells[3]),
        Double.parseDouble(cells[4]));
  }

  /** Returns the images of examples, in their order. */
  static int[] images(List<Example> examples) {
    return examples.stream().mapToInt(Example::image).toArray();
  }

  /** Attacks the shipped LeNet-5. */
  static List<Example> made(Batch clean, Work work) {
    Tensor adversarial = clean.pixels().copy();
    try (DifferentiableClassifier lenet = Digits.lenet5()) {
      TestRun run = new TestRun(1);
      work.on(new CountingVictim(lenet, Access.GRADIENTS, run), clean, adversarial, run);
      int[] predicted = lenet.predict(clean.images().with(adversarial));
      return IntStream.range(0, predicted.length)
          .mapToObj(
              row ->
                  of(
                      (int) clean.sample(row),
                      predicted[row],
                      adversarial.row(row),
                      clean.pixels().row(row)))
          .toList();
    }
  }

  private static Example of(int image, int predicted, float[] pixels, float[] clean) {
    double print = 0;
    for (int feature = 0; feature < pixels.length; feature++) {
      print += ((double) pixels[feature] - clean[feature]) * Math.cos(feature);
    }
    return new Example(image, predicted, Norm.L2.distance(pixels, clean), print);
  }

  /** Counts the rows that are the same image in both lists. */
  static long same(List<Example> ours, List<Example> theirs) {
    return IntStream.range(0, ours.size())
        .filter(row -> ours.get(row).isSameImageAs(theirs.get(row)))
        .count();
  }

  /** Counts the rows that the model takes for the same class in both lists. */
  static long alike(List<Example> ours, List<Example> theirs) {
    return IntStream.range(0, ours.size())
        .filter(row -> ours.get(row).predicted() == theirs.get(row).predicted())
        .count();
  }

  /** Counts the rows whose class meets the goal. */
  static long successes(Batch clean, List<Example> examples) {
    return IntStream.range(0, clean.size())
        .filter(row -> clean.succeeds(row, examples.get(row).predicted()))
        .count();
  }
}
