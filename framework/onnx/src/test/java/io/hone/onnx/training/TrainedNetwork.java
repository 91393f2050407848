package io.hone.onnx.training;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import java.util.Arrays;

/**
 * The networks of {@code record_training_steps.py}, whose weights come from a formula.
 *
 * @param name of the file that PyTorch's figures are in
 * @param model from {@code image} to {@code scores}, before softmax or sigmoid
 * @param images a batch
 * @param target probabilities, shaped as the scores
 * @param classifies whether softmax and cross-entropy follow, and not one sigmoid per score
 */
record TrainedNetwork(
    String name, OnnxModel model, Array images, Array target, boolean classifies) {

  static TrainedNetwork lenet(int count) {
    Layers layers = new Layers(1, 28);
    layers.convolution(6, 5, 2).activation("Relu").pool("AveragePool");
    layers.convolution(16, 5, 0).activation("Relu").pool("AveragePool").flat(400);
    layers.dense(120).activation("Relu").dense(84).activation("Relu").dense(10);
    return layers.classifier("lenet", count);
  }

  /** The redundancy autoencoder of Nguyen et al., Table 2. */
  static TrainedNetwork autoencoder(int count) {
    Layers layers = new Layers(1, 28);
    int[] widths = {64, 32, 32, 64};
    for (int i = 0; i < widths.length; i++) {
      layers.convolution(widths[i], 3, 1).activation("Relu");
      layers.convolution(widths[i], 3, 1).activation("Relu").normalization(1e-3f);
      if (i < 2) {
        layers.pool("MaxPool");
      } else {
        layers.enlarged();
      }
    }
    OnnxModel model = layers.convolution(1, 3, 1).build("autoencoder");
    float[] target = Formula.drawn(2000, count * 784);
    for (int i = 0; i < target.length; i++) {
      target[i] = target[i] < 0.5f ? 1 : 0;
    }
    return new TrainedNetwork(
        "autoencoder", model, layers.images(count), new Array(target, count, 1, 28, 28), false);
  }

  /** Two convolutions of 32, 64 and 128 channels each before a pooling, with normalisations. */
  static TrainedNetwork vgg(int count) {
    Layers layers = new Layers(3, 32);
    for (int width : new int[] {32, 64, 128}) {
      layers.convolution(width, 3, 1).activation("Relu").normalization(1e-5f);
      layers.convolution(width, 3, 1).activation("Relu").normalization(1e-5f).pool("MaxPool");
    }
    return layers.flat(2048).dense(10).classifier("vgg", count);
  }

  /** Writes layers one behind the other. */
  private static final class Layers {
    private final GraphEditor graph = GraphEditor.create(18);
    private final int inputChannels;
    private final int edge;
    private Value value;
    private int channels;
    private int seed;
    private int normalizations;

    Layers(int channels, int edge) {
      this.inputChannels = channels;
      this.channels = channels;
      this.edge = edge;
      Dimension size = Dimension.of(edge);
      this.value =
          graph.input(
              "image",
              ElementType.FLOAT,
              Shape.of(Dimension.named("N"), Dimension.of(channels), size, size));
    }

    private Value weight(double centre, double reach, long... shape) {
      int count = Math.toIntExact(Shape.of(shape).elements());
      float[] content = Formula.around(centre, reach, seed, count);
      return graph.constant("w" + seed++, ConstantTensor.floats(content, shape));
    }

    Layers convolution(int outputs, int window, int pad) {
      double reach = Math.sqrt(6.0 / (channels * window * window));
      Value kernel = weight(0, reach, outputs, channels, window, window);
      value =
          graph
              .node("Conv", value, kernel, weight(0, 0.1, outputs))
              .with("pads", new long[] {pad, pad, pad, pad})
              .output();
      channels = outputs;
      return this;
    }

    Layers dense(int outputs) {
      Value kernel = weight(0, Math.sqrt(6.0 / channels), outputs, channels);
      value = graph.node("Gemm", value, kernel, weight(0, 0.1, outputs)).with("transB", 1).output();
      channels = outputs;
      return this;
    }

    Layers activation(String operator) {
      value = graph.op(operator, value);
      return this;
    }

    Layers normalization(float epsilon) {
      Value scale = weight(1, 0.2, channels);
      Value shift = weight(0, 0.2, channels);
      float[] ones = new float[channels];
      Arrays.fill(ones, 1);
      String number = Integer.toString(normalizations++);
      ConstantTensor zero = ConstantTensor.floats(new float[channels], channels);
      value =
          graph
              .node(
                  "BatchNormalization",
                  value,
                  scale,
                  shift,
                  graph.constant("mean" + number, zero),
                  graph.constant("variance" + number, ConstantTensor.floats(ones, channels)))
              .with("epsilon", epsilon)
              .output();
      return this;
    }

    Layers pool(String operator) {
      long[] two = {2, 2};
      value = graph.node(operator, value).with("kernel_shape", two).with("strides", two).output();
      return this;
    }

    Layers enlarged() {
      Value scales = graph.constant("scales", ConstantTensor.floats(new float[] {1, 1, 2, 2}, 4));
      value =
          graph
              .node("Resize", value, Value.NONE, scales)
              .with("mode", "nearest")
              .with("coordinate_transformation_mode", "asymmetric")
              .with("nearest_mode", "floor")
              .output();
      return this;
    }

    Layers flat(int features) {
      value = graph.op("Flatten", value);
      channels = features;
      return this;
    }

    OnnxModel build(String name) {
      graph.output("scores", value);
      return graph.build(name);
    }

    Array images(int count) {
      float[] content = Formula.drawn(1000, count * inputChannels * edge * edge);
      return new Array(content, count, inputChannels, edge, edge);
    }

    TrainedNetwork classifier(String name, int count) {
      float[] target = new float[count * 10];
      for (int i = 0; i < count; i++) {
        target[i * 10 + i % 10] = 1;
      }
      return new TrainedNetwork(
          name, build(name), images(count), new Array(target, count, 10), true);
    }
  }
}
