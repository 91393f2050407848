package io.hone.cli;

import io.hone.api.data.Tensor;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * A small network of two dense layers that compares images of 1 x 6 x 6 with one template for each
 * class, images of these classes, and what spoils such a network for attacks by gradients.
 */
final class TemplateNetwork {
  private static final int SIDE = 6;
  private static final int FEATURES = SIDE * SIDE;
  private static final int MIXED = 8;
  private static final float CONTRAST = 0.22f;
  private static final float NOISE = 0.2f;

  /** What is put before or behind the network. */
  enum Kind {
    PLAIN,
    /** (a) Every value is rounded to black or white by an operator without a gradient. */
    ROUNDED_INPUT,
    /** (a) The same by a step so steep that its gradient is zero nearly everywhere. */
    STEEP_INPUT,
    /** (b) Logits times 10,000: the gradient of cross-entropy is zero in floats. */
    HUGE_LOGITS,
    /** (c) Random numbers are added to the logits. */
    RANDOM,
    /** (d) A softmax that shows on sure images only, on a card that says logits. */
    SOFTMAX_KEPT,
    /** (e) Values are brought to 4 levels by such steps. */
    QUANTISED_INPUT,
    /** The same logits for every image. */
    CONSTANT
  }

  private final int classes;
  private final float[][] templates;

  TemplateNetwork(int classes) {
    this.classes = classes;
    this.templates = new float[classes][FEATURES];
    Random random = new Random(20);
    for (float[] template : templates) {
      for (int feature = 0; feature < FEATURES; feature++) {
        template[feature] = random.nextBoolean() ? 1 : -1;
      }
    }
  }

  /** Writes images and labels as {@code images.npy} and {@code labels.npy}. */
  void writeImages(Path folder, int count) {
    Random random = new Random(5);
    Tensor images = Tensor.zeros(count, 1, SIDE, SIDE);
    long[] labels = new long[count];
    for (int row = 0; row < count; row++) {
      labels[row] = row % classes;
      for (int feature = 0; feature < FEATURES; feature++) {
        float noise = NOISE * (2 * random.nextFloat() - 1);
        images.set(row, feature, 0.5f + CONTRAST * templates[row % classes][feature] + noise);
      }
    }
    try (NumpyWriter writer =
        NumpyWriter.create(folder.resolve("images.npy"), NumpyType.FLOAT32, 1, SIDE, SIDE)) {
      writer.append(images);
    }
    NumpyFiles.labels(folder.resolve("labels.npy"), labels);
  }

  /** Writes a network with its card into a folder of its own name. */
  Path writeModel(Path folder, Kind kind) throws IOException {
    Path model = Files.createDirectories(folder.resolve(kind.name().toLowerCase(Locale.ROOT)));
    Files.write(model.resolve("model.onnx"), graph(kind).build("templates").toBytes());
    Files.writeString(
        model.resolve("model.yaml"),
        """
        name: %s
        file: model.onnx
        task: classifier
        input: {name: image, layout: NCHW, channels: 1, height: 6, width: 6, range: [0.0, 1.0]}
        output: {name: scores, kind: logits, classes: %d}
        """
            .formatted(model.getFileName(), classes));
    return model;
  }

  private GraphEditor graph(Kind kind) {
    GraphEditor graph = GraphEditor.create(18);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(
                Dimension.named("N"), Dimension.of(1), Dimension.of(SIDE), Dimension.of(SIDE)));
    Value before =
        switch (kind) {
          case ROUNDED_INPUT -> graph.op("Round", image);
          case STEEP_INPUT -> stairs(graph, image, 1);
          case QUANTISED_INPUT -> stairs(graph, image, 3);
          default -> image;
        };
    Value logits = network(graph, before);
    graph.output(
        "scores",
        switch (kind) {
          case HUGE_LOGITS -> graph.op("Mul", logits, graph.scalar(1e4f));
          case RANDOM ->
              graph.op(
                  "Add",
                  logits,
                  graph.op("Mul", graph.op("RandomNormalLike", logits), graph.scalar(0.5f)));
          case SOFTMAX_KEPT -> softmaxOfSureImages(graph, logits);
          case CONSTANT -> graph.op("Mul", logits, graph.scalar(0));
          default -> logits;
        });
    return graph;
  }

  /**
   * A softmax, but for images that the network is unsure of: those are raised, so that on noise the
   * numbers do not look like probabilities.
   */
  private static Value softmaxOfSureImages(GraphEditor graph, Value logits) {
    Value probabilities = graph.op("Softmax", logits);
    Value largest = graph.op("ReduceMax", probabilities, graph.list(1));
    Value unsure = graph.op("Relu", graph.op("Sub", graph.scalar(0.6f), largest));
    Value raised = graph.op("Mul", unsure, graph.scalar(30));
    return graph.op("Add", probabilities, raised);
  }

  /** Brings values to levels from 0 to 1, so many steps above the lowest one. */
  private static Value stairs(GraphEditor graph, Value image, int steps) {
    Value sum = graph.op("Mul", image, graph.scalar(0));
    for (int step = 0; step < steps; step++) {
      float middle = (step + 0.5f) / steps;
      Value steep =
          graph.op("Mul", graph.op("Sub", image, graph.scalar(middle)), graph.scalar(1e5f));
      Value level =
          graph.op(
              "Clip", graph.op("Add", steep, graph.scalar(0.5f)), graph.scalar(0), graph.scalar(1));
      sum = graph.op("Add", sum, graph.op("Div", level, graph.scalar(steps)));
    }
    return sum;
  }

  /** Compares with the templates by two rectified units for each, and mixes in some random ones. */
  private Value network(GraphEditor graph, Value image) {
    int units = 2 * classes + MIXED;
    Random random = new Random(7);
    float[] first = new float[FEATURES * units];
    float[] second = new float[units * classes];
    for (int unit = 0; unit < units; unit++) {
      int template = unit / 2;
      for (int feature = 0; feature < FEATURES; feature++) {
        first[feature * units + unit] =
            template < classes
                ? (unit % 2 == 0 ? 1 : -1) * templates[template][feature]
                : (float) random.nextGaussian() * 0.5f;
      }
      for (int k = 0; k < classes; k++) {
        second[unit * classes + k] =
            template >= classes
                ? (float) random.nextGaussian() * 0.05f
                : template == k ? (unit % 2 == 0 ? 0.5f : -0.5f) : 0;
      }
    }
    Value flat = graph.op("Flatten", graph.op("Sub", image, graph.scalar(0.5f)));
    Value hidden =
        graph.op(
            "Relu",
            graph.op(
                "MatMul", flat, graph.constant(ConstantTensor.floats(first, FEATURES, units))));
    return graph.op(
        "MatMul", hidden, graph.constant(ConstantTensor.floats(second, units, classes)));
  }
}
