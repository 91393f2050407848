package io.hone.onnx.support;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.Random;
import java.util.stream.LongStream;

/** Small networks with random weights. */
public final class Networks {
  private final GraphEditor graph;
  private final Random random;

  private Networks(long seed) {
    this(seed, 18);
  }

  private Networks(long seed, int opset) {
    graph = GraphEditor.create(opset);
    random = new Random(seed);
  }

  /** Two convolutions with pooling, three dense layers; images [N, 1, 12, 12], 10 classes. */
  public static OnnxModel lenet(String pool) {
    Networks net = new Networks(1);
    Value x = net.image(1, 12);
    for (int channels : new int[] {6, 16}) {
      x = net.graph.op("Relu", net.convolution(x, channels, channels == 6 ? 1 : 6, 3, 1));
      x =
          net.graph
              .node(pool, x)
              .with("kernel_shape", new long[] {2, 2})
              .with("strides", new long[] {2, 2})
              .output();
    }
    x = net.graph.op("Flatten", x);
    x = net.graph.op("Relu", net.dense(x, 144, 24));
    return net.finish(net.dense(x, 24, 10), "lenet");
  }

  /** Residual blocks with batch normalisation, one with stride 2; images [N, 3, 8, 8]. */
  public static OnnxModel residual() {
    Networks net = new Networks(2);
    Value x =
        net.graph.op("Relu", net.normalization(net.convolution(net.image(3, 8), 16, 3, 3, 1), 16));
    for (int stride : new int[] {1, 2}) {
      Value main =
          net.graph.op("Relu", net.normalization(net.convolution(x, 16, 16, 3, stride), 16));
      main = net.normalization(net.convolution(main, 16, 16, 3, 1), 16);
      Value shortcut = stride == 1 ? x : net.convolution(x, 16, 16, 1, stride);
      x = net.graph.op("Relu", net.graph.op("Add", main, shortcut));
    }
    x = net.graph.op("Flatten", net.graph.op("GlobalAveragePool", x));
    return net.finish(net.dense(x, 16, 5), "residual");
  }

  /** Branches of different windows, joined, with overlapping pooling; images [N, 2, 9, 9]. */
  public static OnnxModel inception() {
    Networks net = new Networks(3);
    Value x = net.image(2, 9);
    Value pooled =
        net.graph
            .node("MaxPool", x)
            .with("kernel_shape", new long[] {3, 3})
            .with("strides", new long[] {1, 1})
            .with("pads", new long[] {1, 1, 1, 1})
            .output();
    Value joined =
        net.graph
            .node(
                "Concat",
                net.convolution(x, 3, 2, 1, 1),
                net.convolution(x, 4, 2, 3, 1),
                net.convolution(pooled, 2, 2, 1, 1))
            .with("axis", 1)
            .output();
    Value gate =
        net.graph.op(
            "Sigmoid", net.convolution(net.graph.op("GlobalAveragePool", joined), 9, 9, 1, 1));
    Value scaled = net.graph.op("Mul", joined, gate);
    Value means =
        net.graph.node("ReduceMean", scaled, net.graph.list(2, 3)).with("keepdims", 0).output();
    return net.finish(net.dense(net.graph.op("Tanh", means), 9, 4), "inception");
  }

  /** Two wide convolutions; images [N, 3, 224, 224], in which a single feature matters little. */
  public static OnnxModel large() {
    Networks net = new Networks(5);
    Value x = net.graph.op("Relu", net.convolution(net.image(3, 224), 8, 3, 7, 8));
    x = net.graph.op("Tanh", net.convolution(x, 8, 8, 3, 2));
    x = net.graph.op("Flatten", net.graph.op("GlobalAveragePool", x));
    return net.finish(net.dense(x, 8, 5), "large");
  }

  /** Forms that opset 18 no longer has; images [N, 2, 5, 5]. */
  public static OnnxModel opset9() {
    Networks net = new Networks(4, 9);
    Value x = net.normalization(net.convolution(net.image(2, 5), 4, 2, 3, 1), 4);
    x = net.graph.node("Clip", x).with("min", -0.5f).with("max", 0.8f).output();
    x =
        net.graph
            .node(
                "Upsample",
                x,
                net.graph.constant("scales", ConstantTensor.floats(new float[] {1, 1, 2, 2}, 4)))
            .with("mode", "nearest")
            .output();
    x = net.graph.node("Pad", x).with("pads", new long[] {0, 0, 0, 1, 0, 0, 1, 0}).output();
    x = net.graph.node("Dropout", x).with("ratio", 0.4f).output();
    x =
        net.graph
            .node("Softmax", net.graph.op("Mul", x, net.graph.scalar(4)))
            .with("axis", 2)
            .output();
    x = net.graph.node("ReduceSum", x).with("axes", new long[] {3}).with("keepdims", 0).output();
    x = net.graph.node("Unsqueeze", x).with("axes", new long[] {2}).output();
    x = net.graph.node("Squeeze", x).with("axes", new long[] {2}).output();
    return net.finish(net.dense(net.graph.op("Flatten", x), 44, 6), "opset 9");
  }

  private Value image(int channels, int edge) {
    return graph.input(
        "image",
        ElementType.FLOAT,
        Shape.of(
            Dimension.named("N"), Dimension.of(channels), Dimension.of(edge), Dimension.of(edge)));
  }

  private Value convolution(Value x, int outputs, int inputs, int window, int stride) {
    long pad = window / 2;
    return graph
        .node("Conv", x, weights(outputs, inputs, window, window), weights(outputs))
        .with("strides", new long[] {stride, stride})
        .with("pads", new long[] {pad, pad, pad, pad})
        .output();
  }

  private Value normalization(Value x, int channels) {
    float[] variance = Array.uniform(random, 0.5f, 2, channels).content();
    return graph.op(
        "BatchNormalization",
        x,
        weights(channels),
        weights(channels),
        weights(channels),
        graph.constant("variance", ConstantTensor.floats(variance, channels)));
  }

  private Value dense(Value x, int inputs, int outputs) {
    return graph.op("Gemm", x, weights(inputs, outputs), weights(outputs));
  }

  private Value weights(long... shape) {
    float reach = (float) (2 / Math.sqrt(LongStream.of(shape).skip(1).reduce(1, (a, b) -> a * b)));
    return graph.constant(
        "weights",
        ConstantTensor.floats(Array.uniform(random, -reach, reach, shape).content(), shape));
  }

  private OnnxModel finish(Value logits, String name) {
    graph.output("logits", logits);
    return graph.build(name);
  }
}
