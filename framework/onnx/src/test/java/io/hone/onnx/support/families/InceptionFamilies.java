package io.hone.onnx.support.families;

import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.families.Layers.Convolution;
import java.util.stream.Stream;

/** Networks of parallel branches: GoogLeNet, Inception v3. */
final class InceptionFamilies {
  private InceptionFamilies() {}

  static Stream<Family> all() {
    return Stream.of(
        Family.of("GoogLeNet", 3, 21, InceptionFamilies::googLeNet)
            .written(new Variant(10, false), new Variant(14, true)),
        Family.of("Inception v3", 3, 17, InceptionFamilies::inceptionV3)
            .written(new Variant(11, true), new Variant(21, false)));
  }

  /** Channels normalised one by one, responses across channels, pools rounded up. */
  private static OnnxModel googLeNet(Variant variant) {
    Layers net = new Layers(variant, 21);
    Features image = net.image(3, 21);
    Features x = net.unit(rescaled(net, image), Convolution.of(8, 5).stride(2));
    x = net.with(x, net.pool("MaxPool", x, 3, 2, 0).with("ceil_mode", 1).output());
    x = net.with(x, net.graph.node("LRN", x.value()).with("size", 3).with("alpha", 0.3f).output());
    Features pooled = net.with(x, net.pool("MaxPool", x, 3, 1, 1).with("ceil_mode", 1).output());
    x =
        net.concat(
            net.unit(x, Convolution.of(4, 1)),
            net.unit(net.unit(x, Convolution.of(3, 1)), Convolution.of(6, 3)),
            net.unit(net.unit(x, Convolution.of(2, 1)), Convolution.of(3, 5)),
            net.unit(pooled, Convolution.of(3, 1)));
    Value means = net.forms.dropout(net.flattened(net.averaged(x)));
    return net.finish(net.gemm(means, 16, 6), "GoogLeNet");
  }

  /** What torchvision's transform_input does: each channel taken out, scaled and put back. */
  private static Features rescaled(Layers net, Features image) {
    Value[] channels = new Value[3];
    for (int c = 0; c < 3; c++) {
      Value channel = net.forms.unsqueeze(net.forms.entry(image.value(), 1, c), 1);
      Value scaled = net.graph.op("Mul", channel, net.graph.scalar(0.9f + 0.05f * c));
      channels[c] = net.graph.op("Add", scaled, net.graph.scalar(-0.1f * c));
    }
    return new Features(net.forms.concat(1, channels), 3);
  }

  /** Convolutions taken apart into rows and columns, average pools that count their padding. */
  private static OnnxModel inceptionV3(Variant variant) {
    Layers net = new Layers(variant, 22);
    Features x = net.unit(net.image(3, 17), Convolution.of(6, 3).stride(2));
    Features pooled =
        net.with(x, net.pool("AveragePool", x, 3, 1, 1).with("count_include_pad", 1).output());
    Features seven = net.unit(x, Convolution.of(4, 1));
    seven = net.unit(net.unit(seven, Convolution.of(4, 1, 7)), Convolution.of(5, 7, 1));
    Features forked = net.unit(x, Convolution.of(4, 3));
    x =
        net.concat(
            net.unit(x, Convolution.of(4, 1)),
            seven,
            net.unit(forked, Convolution.of(3, 1, 3)),
            net.unit(forked, Convolution.of(3, 3, 1)),
            net.unit(pooled, Convolution.of(3, 1)));
    // Smaller by windows side by side on every way.
    x =
        net.concat(
            net.unit(x, Convolution.of(6, 3).stride(2)), net.maxPool(x, 3, 2, 1), padded(net, x));
    Value means = net.forms.mean(x.value(), false, 2, 3);
    return net.finish(net.gemm(net.forms.dropout(means), x.channels(), 6), "Inception v3");
  }

  /** PyTorch's older exporter writes the padding of an average pool as a node of its own. */
  private static Features padded(Layers net, Features x) {
    Features wide = net.with(x, net.forms.pad(x.value(), 0, 0, 1, 1, 0, 0, 1, 1));
    return net.with(x, net.pool("AveragePool", wide, 3, 2, 0).output());
  }
}
