package io.hone.bench.network;

import io.hone.api.data.ImageShape;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A residual network (He et al. 2016, table 1) as PyTorch's exporter writes it when it does not
 * fold: each convolution with a batch normalisation behind it. Weights are random.
 */
public final class ResNet implements Network {
  static final int CLASSES = 10;
  private static final int SMALL_SIDE = 64;
  private static final int OPSET = 17;
  private static final int STEM = 64;

  final Convolution stem;
  final List<Block> blocks = new ArrayList<>();
  final Weights dense;
  final Weights bias;
  private final int side;
  private final int classes;

  private ResNet(int side, int classes, boolean bottleneck, int... stages) {
    this.side = side;
    this.classes = classes;
    RandomGenerator random = new SplittableRandom(18);
    stem = convolution(random, 3, STEM, 7, 2);
    int channels = STEM;
    for (int stage = 0; stage < stages.length; stage++) {
      int width = STEM << stage;
      for (int i = 0; i < stages[stage]; i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        blocks.add(
            bottleneck
                ? bottleneck(random, channels, width, stride)
                : basic(random, channels, width, stride));
        channels = bottleneck ? 4 * width : width;
      }
    }
    dense = Weights.random(random, classes, channels);
    bias = Weights.random(random, classes);
  }

  private ResNet(ResNet like, Weights bias) {
    this.side = like.side;
    this.classes = like.classes;
    this.stem = like.stem;
    this.blocks.addAll(like.blocks);
    this.dense = like.dense;
    this.bias = bias;
  }

  /** Returns ResNet-18 for small images. */
  public static ResNet of18Layers() {
    return new ResNet(SMALL_SIDE, CLASSES, false, 2, 2, 2, 2);
  }

  /** Returns ResNet-50 for small images. */
  public static ResNet of50Layers() {
    return of50Layers(SMALL_SIDE, CLASSES);
  }

  /**
   * Returns ResNet-50.
   *
   * @param side pixels of an image's side
   * @param classes as many as it tells apart
   */
  public static ResNet of50Layers(int side, int classes) {
    return new ResNet(side, classes, true, 3, 4, 6, 3);
  }

  /**
   * Returns the same network with other scores.
   *
   * @param fewer what is taken off the score of each class
   */
  public ResNet withScoresLess(float[] fewer) {
    float[] less = bias.values().clone();
    for (int index = 0; index < less.length; index++) {
      less[index] -= fewer[index];
    }
    return new ResNet(this, new Weights(less, bias.shape()));
  }

  /**
   * A convolution without bias, and what normalises it.
   *
   * @param kernel out x in x height x width
   * @param stride along both axes
   * @param scale one number per channel, as all that follow
   */
  record Convolution(
      Weights kernel, int stride, Weights scale, Weights shift, Weights mean, Weights variance) {
    /** Returns the zeros around the image that keep its size at stride 1. */
    int padding() {
      return (int) kernel.shape()[2] / 2;
    }
  }

  /**
   * One residual block.
   *
   * @param path all but the last are followed by ReLU
   * @param shortcut where the shape changes
   */
  record Block(List<Convolution> path, Optional<Convolution> shortcut) {}

  private static Block basic(RandomGenerator random, int in, int width, int stride) {
    return new Block(
        List.of(convolution(random, in, width, 3, stride), convolution(random, width, width, 3, 1)),
        shortcut(random, in, width, stride));
  }

  private static Block bottleneck(RandomGenerator random, int in, int width, int stride) {
    return new Block(
        List.of(
            convolution(random, in, width, 1, 1),
            convolution(random, width, width, 3, stride),
            convolution(random, width, 4 * width, 1, 1)),
        shortcut(random, in, 4 * width, stride));
  }

  private static Optional<Convolution> shortcut(
      RandomGenerator random, int in, int out, int stride) {
    return in == out && stride == 1
        ? Optional.empty()
        : Optional.of(convolution(random, in, out, 1, stride));
  }

  private static Convolution convolution(
      RandomGenerator random, int in, int out, int size, int stride) {
    return new Convolution(
        Weights.random(random, out, in, size, size),
        stride,
        Weights.all(1, out),
        Weights.all(0, out),
        Weights.all(0, out),
        Weights.all(1, out));
  }

  @Override
  public ImageShape images() {
    return new ImageShape(3, side, side);
  }

  @Override
  public byte[] toOnnx() {
    GraphEditor graph = GraphEditor.create(OPSET);
    Dimension batch = Dimension.named("N");
    Dimension pixels = Dimension.of(side);
    Value image =
        graph.input("image", ElementType.FLOAT, Shape.of(batch, Dimension.of(3), pixels, pixels));
    Value value =
        graph
            .node("MaxPool", graph.op("Relu", normalized(graph, image, stem)))
            .with("kernel_shape", new long[] {3, 3})
            .with("strides", new long[] {2, 2})
            .with("pads", new long[] {1, 1, 1, 1})
            .output();
    for (Block block : blocks) {
      value = block(graph, value, block);
    }
    Value flat = graph.node("Flatten", graph.op("GlobalAveragePool", value)).output();
    Value logits =
        graph.node("Gemm", flat, dense.in(graph), bias.in(graph)).with("transB", 1).output();
    graph.output(logits, ElementType.FLOAT, Shape.of(batch, Dimension.of(classes)));
    return graph.build("resnet").toBytes();
  }

  private static Value block(GraphEditor graph, Value input, Block block) {
    Value value = input;
    for (int i = 0; i < block.path().size(); i++) {
      value = normalized(graph, i == 0 ? value : graph.op("Relu", value), block.path().get(i));
    }
    Value shortcut = block.shortcut().map(found -> normalized(graph, input, found)).orElse(input);
    return graph.op("Relu", graph.op("Add", value, shortcut));
  }

  private static Value normalized(GraphEditor graph, Value value, Convolution convolution) {
    long padding = convolution.padding();
    Value convolved =
        graph
            .node("Conv", value, convolution.kernel().in(graph))
            .with("strides", new long[] {convolution.stride(), convolution.stride()})
            .with("pads", new long[] {padding, padding, padding, padding})
            .output();
    return graph.op(
        "BatchNormalization",
        convolved,
        convolution.scale().in(graph),
        convolution.shift().in(graph),
        convolution.mean().in(graph),
        convolution.variance().in(graph));
  }
}
