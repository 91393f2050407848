package io.hone.onnx.support.families;

import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.families.Layers.Convolution;
import java.util.stream.Stream;

/** Networks with shortcuts: ResNet, ResNeXt, Wide ResNet, RegNet, DenseNet. */
final class ResidualFamilies {
  private ResidualFamilies() {}

  static Stream<Family> all() {
    return Stream.of(
        Family.of("ResNet, basic blocks", 3, 16, ResidualFamilies::basic)
            .written(new Variant(9, false), new Variant(17, true)),
        Family.of("ResNet, bottlenecks", 3, 16, v -> bottlenecks(v, "ResNet", 1, 4)),
        Family.of("ResNeXt", 3, 16, v -> bottlenecks(v, "ResNeXt", 4, 8)),
        Family.of("Wide ResNet", 3, 16, v -> bottlenecks(v, "Wide ResNet", 1, 8))
            .written(new Variant(13, true), new Variant(21, false)),
        Family.of("RegNet", 3, 16, ResidualFamilies::regNet),
        Family.of("DenseNet", 3, 16, ResidualFamilies::denseNet)
            .written(new Variant(10, true), new Variant(20, false)));
  }

  private static Features stem(Layers net) {
    Features x = net.unit(net.image(3, 16), Convolution.of(8, 7).stride(2));
    return net.maxPool(x, 3, 2, 1);
  }

  private static OnnxModel basic(Variant variant) {
    Layers net = new Layers(variant, 31);
    Features x = net.unit(net.image(3, 16), Convolution.of(8, 3).stride(2));
    for (int stride : new int[] {1, 2}) {
      int channels = 8 * stride;
      Features main = net.unit(x, Convolution.of(channels, 3).stride(stride));
      main = net.normalized(net.convolution(main, Convolution.of(channels, 3).plain()));
      x = net.relu(net.add(main, shortcut(net, x, channels, stride)));
    }
    return net.classifier(x, 7, "ResNet");
  }

  private static Features shortcut(Layers net, Features x, int channels, int stride) {
    return x.channels() == channels && stride == 1
        ? x
        : net.normalized(net.convolution(x, Convolution.of(channels, 1).stride(stride).plain()));
  }

  private static OnnxModel bottlenecks(Variant variant, String name, int groups, int width) {
    Layers net = new Layers(variant, 32);
    Features x = stem(net);
    for (int stride : new int[] {1, 2, 1}) {
      Features main = net.unit(x, Convolution.of(width, 1));
      main = net.unit(main, Convolution.of(width, 3).stride(stride).group(groups));
      main = net.normalized(net.convolution(main, Convolution.of(16, 1).plain()));
      x = net.relu(net.add(main, shortcut(net, x, 16, stride)));
    }
    return net.classifier(x, 7, name);
  }

  /** Grouped convolutions, squeeze and excitation. */
  private static OnnxModel regNet(Variant variant) {
    Layers net = new Layers(variant, 33);
    Features x = net.unit(net.image(3, 16), Convolution.of(8, 3).stride(2));
    for (int stride : new int[] {2, 1}) {
      Features main = net.unit(x, Convolution.of(12, 1));
      main = net.unit(main, Convolution.of(12, 3).stride(stride).group(3));
      Value gate = net.graph.op("Sigmoid", squeezed(net, main, 3).value());
      main = net.with(main, net.graph.op("Mul", gate, main.value()));
      main = net.normalized(net.convolution(main, Convolution.of(12, 1).plain()));
      x = net.relu(net.add(shortcut(net, x, 12, stride), main));
    }
    return net.classifier(x, 7, "RegNet");
  }

  private static Features squeezed(Layers net, Features x, int width) {
    Features means = net.averaged(x);
    Features narrow = net.relu(net.convolution(means, Convolution.of(width, 1)));
    return net.convolution(narrow, Convolution.of(x.channels(), 1));
  }

  /** Normalisation before the convolution, everything joined, halved by an average pool. */
  private static OnnxModel denseNet(Variant variant) {
    Layers net = new Layers(variant, 34);
    Features x = stem(net);
    for (int block = 0; block < 2; block++) {
      for (int layer = 0; layer < 3; layer++) {
        Features grown = net.unit(net.relu(net.normalized(x)), Convolution.of(8, 1));
        x = net.concat(x, net.convolution(grown, Convolution.of(4, 3).plain()));
      }
      if (block == 0) {
        Features halved = net.relu(net.normalized(x));
        halved = net.convolution(halved, Convolution.of(x.channels() / 2, 1).plain());
        x = net.with(halved, net.pool("AveragePool", halved, 2, 2, 0).output());
      }
    }
    return net.classifier(net.relu(net.normalized(x)), 7, "DenseNet");
  }
}
