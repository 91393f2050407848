package io.hone.onnx.support.families;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.families.Layers.Convolution;
import java.util.stream.Stream;

/** Networks of plain convolutions: AlexNet, VGG, SqueezeNet. */
final class ClassicFamilies {
  private ClassicFamilies() {}

  static Stream<Family> all() {
    return Stream.of(
        Family.of("AlexNet", 3, 31, ClassicFamilies::alexNet)
            .written(new Variant(9, false), new Variant(17, true)),
        Family.of("VGG", 3, 16, ClassicFamilies::vgg)
            .written(new Variant(9, true), new Variant(21, false)),
        Family.of("SqueezeNet", 3, 19, ClassicFamilies::squeezeNet));
  }

  /** Normalises responses across channels, pools windows that overlap, splits into two groups. */
  private static OnnxModel alexNet(Variant variant) {
    Layers net = new Layers(variant, 11);
    Features x = net.relu(net.convolution(net.image(3, 31), Convolution.of(8, 5).stride(2)));
    x = net.maxPool(responses(net, x), 3, 2, 0);
    x = net.relu(net.convolution(x, Convolution.of(12, 5).group(2)));
    x = net.maxPool(responses(net, x), 3, 2, 0);
    x = net.relu(net.convolution(x, Convolution.of(8, 3)));
    Value flat = net.sizes.reshape(x.value(), net.sizes.batch(x.value()), Size.of(8 * 3 * 3));
    Value hidden = net.graph.op("Relu", net.gemm(net.forms.dropout(flat), 72, 24));
    return net.finish(net.gemm(net.forms.dropout(hidden), 24, 7), "AlexNet");
  }

  private static Features responses(Layers net, Features x) {
    GraphEditor.NodeWriter node =
        net.graph.node("LRN", x.value()).with("size", 5).with("alpha", 0.5f).with("bias", 2f);
    return net.with(x, node.with("beta", 0.75f).output());
  }

  private static OnnxModel vgg(Variant variant) {
    Layers net = new Layers(variant, 12);
    Features x = net.image(3, 16);
    for (int channels : new int[] {6, 10}) {
      x = net.relu(net.convolution(x, Convolution.of(channels, 3)));
      x = net.relu(net.normalized(net.convolution(x, Convolution.of(channels, 3))));
      x = net.maxPool(x, 2, 2, 0);
    }
    Value flat = net.sizes.reshape(x.value(), net.sizes.batch(x.value()), Size.of(160));
    Value hidden = net.forms.dropout(net.graph.op("Relu", net.gemm(flat, 160, 20)));
    return net.finish(net.gemm(hidden, 20, 6), "VGG");
  }

  /** Fire modules; the last pool's windows reach over the edge. */
  private static OnnxModel squeezeNet(Variant variant) {
    Layers net = new Layers(variant, 13);
    Features x = net.relu(net.convolution(net.image(3, 19), Convolution.of(8, 3).stride(2)));
    x = net.with(x, net.pool("MaxPool", x, 3, 2, 0).with("ceil_mode", 1).output());
    x = fire(net, fire(net, x, 3, 6), 4, 8);
    x = net.with(x, net.forms.dropout(x.value()));
    x = net.averaged(net.relu(net.convolution(x, Convolution.of(5, 1))));
    return net.finish(net.flattened(x), "SqueezeNet");
  }

  private static Features fire(Layers net, Features x, int squeezed, int expanded) {
    Features narrow = net.relu(net.convolution(x, Convolution.of(squeezed, 1)));
    return net.concat(
        net.relu(net.convolution(narrow, Convolution.of(expanded, 1))),
        net.relu(net.convolution(narrow, Convolution.of(expanded, 3))));
  }
}
