package io.hone.learning.export;

import ai.onnx.proto.OnnxMl;
import io.hone.api.data.ImageShape;
import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.GlobalPooling;
import io.hone.network.Layer;
import io.hone.network.LeakyRelu;
import io.hone.network.Padding;
import io.hone.network.PixelShuffle;
import io.hone.network.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Adds the operators of layers to an ONNX graph, on images with their channels first. Each returns
 * the name of its output, which is the name of the stage.
 */
final class OnnxOperators {
  private final OnnxNodes nodes;
  private final boolean anySize;

  /**
   * Creates the writer of operators.
   *
   * @param anySize whether the graph takes images of any size, and not of the network's alone
   */
  OnnxOperators(OnnxNodes nodes, boolean anySize) {
    this.nodes = nodes;
    this.anySize = anySize;
  }

  /**
   * Adds a convolution, without its activation.
   *
   * @param kernel {@code [out, in, height, width]}
   * @param bias of each filter; empty for none
   */
  String convolution(
      Stage stage, Layer.Convolution layer, String input, float[] kernel, Optional<float[]> bias) {
    ImageShape in = stage.in();
    int size = layer.kernel();
    int stride = layer.stride();
    int filters = layer.filters();
    List<String> inputs = new ArrayList<>();
    inputs.add(input);
    inputs.add(nodes.floats(stage.weight("kernel"), kernel, filters, in.channels(), size, size));
    bias.ifPresent(added -> inputs.add(nodes.floats(stage.weight("bias"), added, filters)));
    return nodes.node(
        "Conv",
        stage.name(),
        inputs,
        OnnxNodes.sizes("kernel_shape", size, size),
        OnnxNodes.sizes("strides", stride, stride),
        pads(stage.in(), layer));
  }

  /** Pads of windows that step by more than 1 depend on the size of the image. */
  private OnnxMl.AttributeProto pads(ImageShape in, Layer.Convolution layer) {
    int size = layer.kernel();
    int stride = layer.stride();
    Padding padding = layer.padding();
    if (anySize && padding == Padding.SAME && stride > 1) {
      return OnnxNodes.text("auto_pad", "SAME_UPPER");
    }
    return OnnxNodes.sizes(
        "pads",
        padding.before(in.height(), size, stride),
        padding.before(in.width(), size, stride),
        padding.after(in.height(), size, stride),
        padding.after(in.width(), size, stride));
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
        OnnxNodes.sizes("kernel_shape", size, size),
        OnnxNodes.sizes("strides", size, size));
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

  /** Adds the pooling of all pixels, and takes away their axes. */
  String globalPooling(Stage stage, GlobalPooling layer, String input) {
    String operator =
        layer.kind() == GlobalPooling.Kind.AVERAGE ? "GlobalAveragePool" : "GlobalMaxPool";
    return flatten(stage, nodes.node(operator, stage.name() + ".pooled", List.of(input)));
  }

  /** Adds the making of blocks, in PyTorch's order of channels. */
  String pixelShuffle(Stage stage, PixelShuffle layer, String input) {
    return nodes.node(
        "DepthToSpace",
        stage.name(),
        List.of(input),
        OnnxNodes.integer("blocksize", layer.scale()),
        OnnxNodes.text("mode", "CRD"));
  }

  /** Adds a ReLU with a fixed slope. */
  String leakyRelu(Stage stage, LeakyRelu layer, String input) {
    return nodes.node(
        "LeakyRelu", stage.name(), List.of(input), OnnxNodes.number("alpha", layer.slope()));
  }

  /**
   * Adds a ReLU with learned slopes.
   *
   * @param shape of the slopes in ONNX
   */
  String prelu(Stage stage, String input, float[] slopes, long[] shape) {
    String weight = nodes.floats(stage.weight("slope"), slopes, shape);
    return nodes.node("PRelu", stage.name(), List.of(input, weight));
  }

  /** Adds a product with a number. */
  String gain(Stage stage, String input, float[] factor) {
    String weight = nodes.floats(stage.weight("factor"), factor, 1);
    return nodes.node("Mul", stage.name(), List.of(input, weight));
  }

  /**
   * Adds an operator of two values.
   *
   * @param operator {@code Add} or {@code Mul}
   */
  String pair(String operator, Stage stage, String first, String second) {
    return nodes.node(operator, stage.name(), List.of(first, second));
  }

  /** Adds the concatenation of channels. */
  String concatenate(Stage stage, List<String> inputs) {
    return nodes.node("Concat", stage.name(), inputs, OnnxNodes.integer("axis", 1));
  }

  /** Adds the attention of pixels, each a row of a matrix. */
  String attention(Stage stage, String queries, String keys, String values) {
    String products =
        nodes.node(
            "MatMul",
            stage.weight("products"),
            List.of(pixelRows(stage, "queries", queries), rows(stage, "keys", keys)));
    String shares =
        nodes.node(
            "Softmax", stage.weight("shares"), List.of(products), OnnxNodes.integer("axis", 2));
    String means =
        nodes.node(
            "MatMul", stage.weight("means"), List.of(shares, pixelRows(stage, "values", values)));
    return nodes.node(
        "Reshape",
        stage.name(),
        List.of(exchanged(stage.weight("columns"), means), attended(stage, queries)));
  }

  /** Returns the shape of the images that attention makes, of the size of its queries. */
  private String attended(Stage stage, String queries) {
    ImageShape out = stage.out();
    String name = stage.weight("shape");
    if (!anySize) {
      return nodes.integers(name, 0, out.channels(), out.height(), out.width());
    }
    String channels = nodes.integers(name + ".channels", 0, out.channels());
    String size =
        nodes.node("Shape", name + ".size", List.of(queries), OnnxNodes.integer("start", 2));
    return nodes.node("Concat", name, List.of(channels, size), OnnxNodes.integer("axis", 0));
  }

  /** Returns images as {@code [N, pixels, channels]}. */
  private String pixelRows(Stage stage, String part, String images) {
    return exchanged(stage.weight(part + ".pixels"), rows(stage, part, images));
  }

  /** Returns images as {@code [N, channels, pixels]}. */
  private String rows(Stage stage, String part, String images) {
    String name = stage.weight(part);
    return nodes.node("Reshape", name, List.of(images, nodes.integers(name + ".shape", 0, 0, -1)));
  }

  private String exchanged(String name, String matrices) {
    return nodes.node("Transpose", name, List.of(matrices), OnnxNodes.sizes("perm", 0, 2, 1));
  }

  /** Adds an activation to a value, whose name it carries on with a word behind. */
  String activation(Activation activation, String value) {
    return activation == Activation.NONE
        ? value
        : nodes.node(operator(activation), value + "." + word(activation), List.of(value));
  }

  /** Adds an activation as a layer of its own. */
  String activated(Stage stage, Activated layer, String input) {
    return nodes.node(operator(layer.activation()), stage.name(), List.of(input));
  }

  private static String word(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  private static String operator(Activation activation) {
    return switch (activation) {
      case NONE -> "Identity";
      case RELU -> "Relu";
      case SIGMOID -> "Sigmoid";
      case TANH -> "Tanh";
    };
  }
}
