package io.hone.onnx.support.families;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.Array;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Writes a network layer by layer, with drawn weights that neither kill nor blow up its signals.
 */
final class Layers {
  final GraphEditor graph;
  final Forms forms;
  final Sizes sizes;
  private final Random random;

  Layers(Variant variant, long seed) {
    graph = GraphEditor.create(variant.opset());
    forms = new Forms(graph);
    sizes = new Sizes(graph, forms, variant.computedSizes());
    random = new Random(seed);
  }

  /** Any number of square images. */
  Features image(int channels, int edge) {
    Value value =
        graph.input(
            "image",
            ElementType.FLOAT,
            Shape.of(
                Dimension.named("N"),
                Dimension.of(channels),
                Dimension.of(edge),
                Dimension.of(edge)));
    return new Features(value, channels);
  }

  /** What a convolution is made of. */
  record Convolution(int outputs, int high, int wide, int stride, int group, boolean bias) {
    static Convolution of(int outputs, int kernel) {
      return new Convolution(outputs, kernel, kernel, 1, 1, true);
    }

    static Convolution of(int outputs, int high, int wide) {
      return new Convolution(outputs, high, wide, 1, 1, true);
    }

    Convolution stride(int step) {
      return new Convolution(outputs, high, wide, step, group, bias);
    }

    Convolution group(int groups) {
      return new Convolution(outputs, high, wide, stride, groups, bias);
    }

    Convolution plain() {
      return new Convolution(outputs, high, wide, stride, group, false);
    }
  }

  /** Keeps the size of the image, but for the stride. */
  Features convolution(Features x, Convolution c) {
    Value weights = weights(c.outputs, x.channels() / c.group, c.high, c.wide);
    GraphEditor.NodeWriter node =
        c.bias
            ? graph.node("Conv", x.value(), weights, small(c.outputs))
            : graph.node("Conv", x.value(), weights);
    long[] pads = {c.high / 2, c.wide / 2, c.high / 2, c.wide / 2};
    return new Features(
        node.with("kernel_shape", new long[] {c.high, c.wide})
            .with("strides", Forms.pair(c.stride))
            .with("pads", pads)
            .with("dilations", Forms.pair(1))
            .with("group", c.group)
            .output(),
        c.outputs);
  }

  Features normalized(Features x) {
    int channels = x.channels();
    return with(
        x,
        graph.op(
            "BatchNormalization",
            x.value(),
            drawn(0.7f, 1.3f, channels),
            small(channels),
            small(channels),
            drawn(0.5f, 1.5f, channels)));
  }

  /** Convolution, normalisation, Relu. */
  Features unit(Features x, Convolution c) {
    return relu(normalized(convolution(x, c.plain())));
  }

  Features relu(Features x) {
    return with(x, graph.op("Relu", x.value()));
  }

  Features add(Features x, Features y) {
    return with(x, graph.op("Add", x.value(), y.value()));
  }

  Features concat(Features... parts) {
    Value[] values = Arrays.stream(parts).map(Features::value).toArray(Value[]::new);
    return new Features(
        forms.concat(1, values), Arrays.stream(parts).mapToInt(Features::channels).sum());
  }

  GraphEditor.NodeWriter pool(String operator, Features x, int kernel, int stride, int pad) {
    return graph
        .node(operator, x.value())
        .with("kernel_shape", Forms.pair(kernel))
        .with("strides", Forms.pair(stride))
        .with("pads", Forms.around(pad));
  }

  Features maxPool(Features x, int kernel, int stride, int pad) {
    return with(x, pool("MaxPool", x, kernel, stride, pad).output());
  }

  Features averaged(Features x) {
    return with(x, graph.op("GlobalAveragePool", x.value()));
  }

  /** Joins all axes of an image, each of the given number of pixels. */
  Value flattened(Features x) {
    return graph.node("Flatten", x.value()).with("axis", 1).output();
  }

  /** A dense layer as PyTorch writes it for two axes: weights turned. */
  Value gemm(Value x, int inputs, int outputs) {
    return graph
        .node("Gemm", x, weights(outputs, inputs), small(outputs))
        .with("alpha", 1f)
        .with("beta", 1f)
        .with("transB", 1)
        .output();
  }

  /** A dense layer as PyTorch writes it for more axes. */
  Value dense(Value x, int inputs, int outputs) {
    float reach = (float) Math.sqrt(3.0 / inputs);
    Value weights = drawn(-reach, reach, inputs, outputs);
    return graph.op("Add", small(outputs), graph.op("MatMul", x, weights));
  }

  Value layerNormalization(Value x, int width) {
    return forms.layerNormalization(x, drawn(0.7f, 1.3f, width), small(width));
  }

  /** The mean of each channel, a dense layer. */
  OnnxModel classifier(Features x, int classes, String name) {
    return finish(gemm(flattened(averaged(x)), x.channels(), classes), name);
  }

  OnnxModel finish(Value logits, String name) {
    graph.output("logits", logits);
    return graph.build(name);
  }

  Features with(Features x, Value value) {
    return new Features(value, x.channels());
  }

  /** Weights of a Relu network: outputs first. */
  Value weights(long... shape) {
    float reach = (float) Math.sqrt(6.0 / LongStream.of(shape).skip(1).reduce(1, (a, b) -> a * b));
    return drawn(-reach, reach, shape);
  }

  Value small(long... shape) {
    return drawn(-0.2f, 0.2f, shape);
  }

  Value drawn(float low, float high, long... shape) {
    return graph.constant(
        "weights", ConstantTensor.floats(Array.uniform(random, low, high, shape).content(), shape));
  }
}
