package io.hone.onnx.support.families;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.families.Layers.Convolution;
import java.util.stream.Stream;

/** Networks that normalise over channels: ConvNeXt, ViT. */
final class TransformerFamilies {
  private static final int WIDTH = 12;
  private static final int HEADS = 3;

  private TransformerFamilies() {}

  static Stream<Family> all() {
    return Stream.of(
        Family.of("ConvNeXt", 3, 16, TransformerFamilies::convNext)
            .written(new Variant(11, false), new Variant(17, true), new Variant(21, false)),
        Family.of("ViT", 3, 16, TransformerFamilies::visionTransformer)
            .written(
                new Variant(11, true),
                new Variant(14, false),
                new Variant(17, true),
                new Variant(21, false)));
  }

  /** Wide windows channel by channel, channels last for the rest, each branch scaled by a layer. */
  private static OnnxModel convNext(Variant variant) {
    Layers net = new Layers(variant, 51);
    Features x = patches(net, net.image(3, 16), 8, 4);
    x = channelsNormalized(net, x);
    for (int block = 0; block < 2; block++) {
      Value main = net.convolution(x, Convolution.of(x.channels(), 7).group(x.channels())).value();
      main = net.layerNormalization(net.forms.transpose(main, 0, 2, 3, 1), x.channels());
      main = net.forms.gelu(net.dense(main, x.channels(), 24));
      main = net.forms.transpose(net.dense(main, 24, x.channels()), 0, 3, 1, 2);
      main = net.graph.op("Mul", net.drawn(0.3f, 0.9f, x.channels(), 1, 1), main);
      x = net.add(net.with(x, main), x);
      if (block == 0) {
        x = patches(net, channelsNormalized(net, x), 12, 2);
      }
    }
    x = channelsNormalized(net, net.averaged(x));
    return net.finish(net.gemm(net.flattened(x), x.channels(), 7), "ConvNeXt");
  }

  /** A convolution whose windows are side by side. */
  static Features patches(Layers net, Features x, int channels, int edge) {
    Value weights = net.weights(channels, x.channels(), edge, edge);
    return new Features(
        net.graph
            .node("Conv", x.value(), weights, net.small(channels))
            .with("strides", Forms.pair(edge))
            .with("kernel_shape", Forms.pair(edge))
            .output(),
        channels);
  }

  private static Features channelsNormalized(Layers net, Features x) {
    Value last = net.forms.transpose(x.value(), 0, 2, 3, 1);
    Value normal = net.layerNormalization(last, x.channels());
    return net.with(x, net.forms.transpose(normal, 0, 3, 1, 2));
  }

  /** A class token before the patches, positions, encoders, the token's class. */
  private static OnnxModel visionTransformer(Variant variant) {
    Layers net = new Layers(variant, 52);
    Features image = net.image(3, 16);
    Size batch = net.sizes.batch(image.value());
    Size patches =
        net.sizes.times(
            net.sizes.over(net.sizes.of(image.value(), 2, 16), 4),
            net.sizes.over(net.sizes.of(image.value(), 3, 16), 4));
    Value x = patches(net, image, WIDTH, 4).value();
    x = net.forms.transpose(net.sizes.reshape(x, batch, Size.of(WIDTH), patches), 0, 2, 1);
    x = net.forms.concat(1, token(net, x), x);
    x = net.graph.op("Add", x, net.small(1, 17, WIDTH));
    for (int block = 0; block < 2; block++) {
      x = net.graph.op("Add", attention(net, net.layerNormalization(x, WIDTH)), x);
      Value wide = net.dense(net.layerNormalization(x, WIDTH), WIDTH, 24);
      x = net.graph.op("Add", x, net.dense(net.forms.gelu(wide), 24, WIDTH));
    }
    Value first = net.forms.entry(net.layerNormalization(x, WIDTH), 1, 0);
    return net.finish(net.gemm(first, WIDTH, 7), "ViT");
  }

  /** The token for every image: its shape is [N, -1, -1], and -1 means 1, as PyTorch writes it. */
  private static Value token(Layers net, Value x) {
    Value token = net.drawn(-1, 1, 1, 1, WIDTH);
    Value size = net.forms.slice(net.graph.op("Shape", x), 0, 0, 1);
    Value shape = net.forms.concat(0, size, net.graph.list(-1), net.graph.list(-1));
    Value ones =
        net.graph
            .node("ConstantOfShape", net.graph.op("Shape", shape))
            .with("value", ConstantTensor.list(1))
            .output();
    Value open =
        net.graph.op(
            "Equal",
            shape,
            net.graph.op("Mul", ones, net.graph.constant(ConstantTensor.longs(new long[] {-1}))));
    return net.graph.op("Expand", token, net.graph.op("Where", open, ones, shape));
  }

  /** As the exporter writes PyTorch's attention: sequence first, heads folded into the batch. */
  private static Value attention(Layers net, Value x) {
    Value sequence = net.forms.transpose(x, 1, 0, 2);
    Size length = net.sizes.of(sequence, 0, 17);
    Size folded = net.sizes.times(net.sizes.of(sequence, 1, -1), Size.of(HEADS));
    Value all = net.dense(sequence, WIDTH, 3 * WIDTH);
    Value[] parts = new Value[3];
    for (int i = 0; i < 3; i++) {
      Value part = net.forms.slice(all, 2, (long) i * WIDTH, (i + 1L) * WIDTH);
      Value heads = net.sizes.reshape(part, length, folded, Size.of(WIDTH / HEADS));
      parts[i] = net.forms.transpose(heads, 1, 0, 2);
    }
    Value scaled = net.graph.op("Mul", parts[0], net.graph.scalar((float) Math.sqrt(0.25)));
    Value scores = net.graph.op("MatMul", scaled, net.forms.transpose(parts[1], 0, 2, 1));
    Value mixed = net.graph.op("MatMul", net.forms.softmax(scores), parts[2]);
    Size images = net.sizes.over(folded, HEADS);
    Value joined =
        net.sizes.reshape(net.forms.transpose(mixed, 1, 0, 2), length, images, Size.of(WIDTH));
    return net.forms.transpose(net.dense(joined, WIDTH, WIDTH), 1, 0, 2);
  }
}
