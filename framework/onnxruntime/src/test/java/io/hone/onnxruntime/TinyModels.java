package io.hone.onnxruntime;

import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnxruntime.card.OnnxFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Small networks with random weights, written as the exporters that users have write them. */
final class TinyModels {
  static final int CLASSES = 4;
  private static final int OPSET = 18;
  private static final int FILTERS = 3;
  private static final int SIDE = 6;
  private static final Dimension BATCH = Dimension.named("batch");

  private TinyModels() {}

  /** How a convolutional classifier is written. */
  enum Ending {
    LOGITS,
    SOFTMAX,
    SOFTMAX_THEN_SQUEEZE,
    SIGMOID
  }

  /** Writes a convolutional classifier of 2 x 6 x 6 images. */
  static Path classifier(Path folder, Dimension batch, Ending ending) {
    GraphEditor graph = GraphEditor.create(OPSET);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(batch, Dimension.of(2), Dimension.of(SIDE), Dimension.of(SIDE)));
    Value result = ending(graph, body(graph, image), ending);
    graph.output(result, ElementType.FLOAT, Shape.of(batch, Dimension.of(CLASSES)));
    return write(folder.resolve("classifier.onnx"), graph);
  }

  /** Writes the same network for images whose channels come last. */
  static Path channelsLast(Path folder) {
    GraphEditor graph = GraphEditor.create(OPSET);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(BATCH, Dimension.of(SIDE), Dimension.of(SIDE), Dimension.of(2)));
    Value transposed =
        graph.node("Transpose", image).with("perm", new long[] {0, 3, 1, 2}).output();
    graph.output(
        body(graph, transposed), ElementType.FLOAT, Shape.of(BATCH, Dimension.of(CLASSES)));
    return write(folder.resolve("channels-last.onnx"), graph);
  }

  /** Writes a network that pools over whatever size its 3-channel images have. */
  static Path anySize(Path folder) {
    GraphEditor graph = GraphEditor.create(OPSET);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(BATCH, Dimension.of(3), Dimension.named("h"), Dimension.named("w")));
    Value pooled = graph.op("GlobalAveragePool", image);
    Value flat = graph.node("Flatten", pooled).output();
    RandomGenerator random = new SplittableRandom(5);
    Value scores = graph.op("MatMul", flat, graph.constant(weights(random, 3, CLASSES)));
    graph.output(scores, ElementType.FLOAT, Shape.of(BATCH, Dimension.of(CLASSES)));
    return write(folder.resolve("any-size.onnx"), graph);
  }

  /** Writes a network with an operator that has no gradient on the way to the logits. */
  static Path withoutGradient(Path folder) {
    GraphEditor graph = GraphEditor.create(OPSET);
    Value image =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(BATCH, Dimension.of(3), Dimension.of(8), Dimension.of(8)));
    Value pooled = graph.op("GlobalAveragePool", image);
    Value hashed = graph.node("Det", graph.op("MatMul", pooled, pooled)).output();
    RandomGenerator random = new SplittableRandom(5);
    Value scores = graph.op("MatMul", hashed, graph.constant(weights(random, 3, CLASSES)));
    graph.output(scores, ElementType.FLOAT, Shape.of(BATCH, Dimension.of(CLASSES)));
    return write(folder.resolve("no-gradient.onnx"), graph);
  }

  /** Writes an image-to-image model; with a stride of 2 it returns smaller images. */
  static Path transformer(Path folder, long stride) {
    GraphEditor graph = GraphEditor.create(OPSET);
    Shape any =
        Shape.of(BATCH, Dimension.of(1), Dimension.named("height"), Dimension.named("width"));
    Value image = graph.input("image", ElementType.FLOAT, any);
    RandomGenerator random = new SplittableRandom(11);
    Value result =
        graph
            .node("Conv", image, graph.constant(weights(random, 1, 1, 3, 3)))
            .with("pads", new long[] {1, 1, 1, 1})
            .with("strides", new long[] {stride, stride})
            .output();
    graph.output(result, ElementType.FLOAT, any);
    return write(folder.resolve("transformer.onnx"), graph);
  }

  /** Writes a classifier that tells dark from bright images of 2 x 6 x 6. */
  static Path darkOrBright(Path folder) {
    GraphEditor graph = GraphEditor.create(OPSET);
    Value slopes = graph.constant(ConstantTensor.floats(new float[] {9, -9, 0, 0}, 1, CLASSES));
    Value offsets = graph.constant(ConstantTensor.floats(new float[] {-5, 4, 0, 0}, CLASSES));
    Value scores = graph.op("Gemm", mean(graph, image(graph)), slopes, offsets);
    graph.output(scores, ElementType.FLOAT, Shape.of(BATCH, Dimension.of(CLASSES)));
    return write(folder.resolve("dark-or-bright.onnx"), graph);
  }

  /** Writes a classifier of 2 x 6 x 6 images that answers NaN for those that are nearly white. */
  static Path nanForWhite(Path folder) {
    GraphEditor graph = GraphEditor.create(OPSET);
    Value image = image(graph);
    Value darkness = graph.op("Sub", graph.scalar(0.95f), mean(graph, image));
    Value scores = graph.op("Add", body(graph, image), graph.op("Sqrt", darkness));
    graph.output(scores, ElementType.FLOAT, Shape.of(BATCH, Dimension.of(CLASSES)));
    return write(folder.resolve("nan-for-white.onnx"), graph);
  }

  /** Writes one that looks beyond the end of a table for images that are nearly white. */
  static Path failingForWhite(Path folder) {
    GraphEditor graph = GraphEditor.create(OPSET);
    Value image = image(graph);
    Value shade = graph.op("Mul", mean(graph, image), graph.scalar(100));
    Value place = graph.node("Cast", shade).with("to", 7L).output();
    Value table = graph.constant(ConstantTensor.floats(new float[95], 95));
    Value scores = graph.op("Add", body(graph, image), graph.op("Gather", table, place));
    graph.output(scores, ElementType.FLOAT, Shape.of(BATCH, Dimension.of(CLASSES)));
    return write(folder.resolve("failing-for-white.onnx"), graph);
  }

  private static Value image(GraphEditor graph) {
    return graph.input(
        "image",
        ElementType.FLOAT,
        Shape.of(BATCH, Dimension.of(2), Dimension.of(SIDE), Dimension.of(SIDE)));
  }

  /** Returns the mean of each image, N x 1. */
  private static Value mean(GraphEditor graph, Value image) {
    Value mean = graph.node("ReduceMean", image, graph.list(1, 2, 3)).with("keepdims", 0L).output();
    return graph.op("Unsqueeze", mean, graph.list(1));
  }

  private static Value body(GraphEditor graph, Value image) {
    RandomGenerator random = new SplittableRandom(3);
    Value convolved =
        graph
            .node(
                "Conv",
                image,
                graph.constant(weights(random, FILTERS, 2, 3, 3)),
                graph.constant(weights(random, FILTERS)))
            .output();
    Value flat = graph.node("Flatten", graph.op("Tanh", convolved)).output();
    int features = FILTERS * (SIDE - 2) * (SIDE - 2);
    return graph.op(
        "Gemm",
        flat,
        graph.constant(weights(random, features, CLASSES)),
        graph.constant(weights(random, CLASSES)));
  }

  private static Value ending(GraphEditor graph, Value logits, Ending ending) {
    return switch (ending) {
      case LOGITS -> logits;
      case SOFTMAX -> graph.node("Softmax", logits).with("axis", 1).output();
      case SOFTMAX_THEN_SQUEEZE -> {
        Value wide = graph.op("Unsqueeze", logits, graph.list(2, 3));
        Value soft = graph.node("Softmax", wide).with("axis", 1).output();
        yield graph.op("Squeeze", soft, graph.list(2, 3));
      }
      case SIGMOID -> graph.op("Sigmoid", logits);
    };
  }

  private static ConstantTensor weights(RandomGenerator random, long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count *= Math.toIntExact(size);
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * 0.4f;
    }
    return ConstantTensor.floats(values, sizes);
  }

  private static Path write(Path file, GraphEditor graph) {
    try {
      return Files.write(file, graph.build("tiny").toBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns a card of 2 x 6 x 6 images in [0, 1]. */
  static ModelCard card(Path file) {
    return card(file, Layout.NCHW, Range.UNIT, List.of(), List.of(), OutputKind.LOGITS);
  }

  /** Returns a card of 2 x 6 x 6 images. */
  static ModelCard card(
      Path file, Layout layout, Range range, List<Float> mean, List<Float> std, OutputKind kind) {
    return new ModelCard(
        "tiny",
        file,
        OnnxFile.read(file).sha256(),
        Task.CLASSIFIER,
        new ModelCard.Input(
            Optional.empty(), layout, 2, Optional.of(SIDE), Optional.of(SIDE), range, mean, std),
        new ModelCard.Output(Optional.empty(), kind, CLASSES, List.of()),
        Map.of());
  }

  /** Returns a card of one-channel images of any size. */
  static ModelCard transformerCard(Path file) {
    return new ModelCard(
        "tiny",
        file,
        OnnxFile.read(file).sha256(),
        Task.IMAGE_TO_IMAGE,
        new ModelCard.Input(
            Optional.empty(),
            Layout.NCHW,
            1,
            Optional.empty(),
            Optional.empty(),
            Range.UNIT,
            List.of(),
            List.of()),
        new ModelCard.Output(Optional.empty(), OutputKind.IMAGE, 0, List.of()),
        Map.of());
  }

  /** Returns uniform random images. */
  static Tensor images(long seed, int... shape) {
    Tensor images = Tensor.zeros(shape);
    RandomGenerator random = new SplittableRandom(seed);
    for (int row = 0; row < images.rows(); row++) {
      for (int feature = 0; feature < images.rowSize(); feature++) {
        images.set(row, feature, (float) random.nextDouble());
      }
    }
    return images;
  }
}
