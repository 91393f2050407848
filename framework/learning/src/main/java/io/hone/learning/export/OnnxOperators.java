package io.hone.learning.export;

import io.hone.api.data.ImageShape;
import io.hone.learning.network.Activation;
import io.hone.learning.network.Layer;
import io.hone.learning.network.Padding;
import io.hone.learning.network.Stage;
import java.util.List;

/**
 * Adds the operators of layers to an ONNX graph, on images with their channels first. Each returns
 * the name of its output, which is the name of the stage.
 */
final class OnnxOperators {
  private final OnnxNodes nodes;

  OnnxOperators(OnnxNodes nodes) {
    this.nodes = nodes;
  }

  /**
   * Adds a convolution with bias, without its activation.
   *
   * @param kernel {@code [out, in, height, width]}
   */
  String convolution(
      Stage stage, Layer.Convolution layer, String input, float[] kernel, float[] bias) {
    ImageShape in = stage.in();
    int size = layer.kernel();
    int stride = layer.stride();
    Padding padding = layer.padding();
    int filters = layer.filters();
    return nodes.node(
        "Conv",
        stage.name(),
        List.of(
            input,
            nodes.floats(stage.weight("kernel"), kernel, filters, in.channels(), size, size),
            nodes.floats(stage.weight("bias"), bias, filters)),
        OnnxNodes.integers("kernel_shape", size, size),
        OnnxNodes.integers("strides", stride, stride),
        OnnxNodes.integers(
            "pads",
            padding.before(in.height(), size, stride),
            padding.before(in.width(), size, stride),
            padding.after(in.height(), size, stride),
            padding.after(in.width(), size, stride)));
  }

  /**
   * Adds a matrix with bias, without its activation.
   *
   * @param matrix {@code [in, out]}, its rows in the order of the input's channels
   */
  String dense(Stage stage, Layer.Dense layer, String input, float[] matrix, float[] bias) {
    return nodes.node(
        "Gemm",
        stage.name(),
        List.of(
            input,
            nodes.floats(stage.weight("matrix"), matrix, stage.in().channels(), layer.units()),
            nodes.floats(stage.weight("bias"), bias, layer.units())));
  }

  /**
   * Adds a pooling.
   *
   * @param operator {@code MaxPool} or {@code AveragePool}
   */
  String pooling(String operator, Stage stage, int size, String input) {
    return nodes.node(
        operator,
        stage.name(),
        List.of(input),
        OnnxNodes.integers("kernel_shape", size, size),
        OnnxNodes.integers("strides", size, size));
  }

  /** Adds the repetition of each pixel. */
  String upSampling(Stage stage, Layer.UpSampling layer, String input) {
    float scale = layer.scale();
    String scales = nodes.floats(stage.weight("scales"), new float[] {1, 1, scale, scale}, 4);
    return nodes.node(
        "Resize",
        stage.name(),
        List.of(input, "", scales),
        OnnxNodes.text("mode", "nearest"),
        OnnxNodes.text("coordinate_transformation_mode", "asymmetric"),
        OnnxNodes.text("nearest_mode", "floor"));
  }

  /** Adds the flattening of each image, channel by channel. */
  String flatten(Stage stage, String input) {
    return nodes.node("Flatten", stage.name(), List.of(input), OnnxNodes.integer("axis", 1));
  }

  /** Adds an activation to a value, whose name it carries on with a word behind. */
  String activation(Activation activation, String value) {
    return switch (activation) {
      case NONE -> value;
      case RELU -> nodes.node("Relu", value + ".relu", List.of(value));
      case SIGMOID -> nodes.node("Sigmoid", value + ".sigmoid", List.of(value));
    };
  }
}
