package io.hone.plugins.gradient.autopgd;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.testkit.model.TwoLayerClassifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What {@code src/test/peers/record_apgd.py} recorded of the reference implementation. */
final class Reference {
  static final ImageShape SHAPE = new ImageShape(2, 4, 5);

  private Reference() {}

  /** One thing that is known of one image in a run. */
  record Line(String run, int image, String what, String numbers) {
    double[] doubles() {
      return Reference.doubles(numbers);
    }
  }

  static TwoLayerClassifier network() {
    List<String[]> cells = cells("network.csv");
    return new TwoLayerClassifier(
        SHAPE,
        TwoLayerClassifier.Activation.TANH,
        rows(cells, "hidden"),
        rows(cells, "hidden-bias")[0],
        rows(cells, "top"),
        rows(cells, "top-bias")[0]);
  }

  private static double[][] rows(List<String[]> cells, String kind) {
    return cells.stream()
        .filter(line -> line[0].equals(kind))
        .map(line -> doubles(line[1]))
        .toArray(double[][]::new);
  }

  /** Returns all recorded images, for an untargeted goal. */
  static Batch images() {
    List<String[]> cells = cells("images.csv");
    Tensor pixels = Tensor.images(cells.size(), SHAPE);
    int[] labels = new int[cells.size()];
    long[] samples = new long[cells.size()];
    int[] targets = new int[cells.size()];
    Arrays.fill(targets, Batch.NO_TARGET);
    for (int row = 0; row < labels.length; row++) {
      labels[row] = Integer.parseInt(cells.get(row)[0]);
      samples[row] = row;
      pixels.setRow(row, floats(doubles(cells.get(row)[1])));
    }
    return new Batch(new ImageBatch(pixels, samples), labels, targets);
  }

  static List<Line> runs() {
    return cells("reference-runs.csv").stream()
        .map(line -> new Line(line[0], Integer.parseInt(line[1]), line[2], line[3]))
        .toList();
  }

  /** Returns how many images three runs of the reference broke. */
  static double[] broken(String run) {
    return cells("reference-rates.csv").stream()
        .filter(line -> line[0].equals(run))
        .map(line -> doubles(line[1]))
        .findFirst()
        .orElseThrow();
  }

  private static double[] doubles(String numbers) {
    return Arrays.stream(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int index = 0; index < values.length; index++) {
      narrow[index] = (float) values[index];
    }
    return narrow;
  }

  private static List<String[]> cells(String file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Reference.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> line.split(",")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
