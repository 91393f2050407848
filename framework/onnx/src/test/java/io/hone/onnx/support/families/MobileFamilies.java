package io.hone.onnx.support.families;

import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.support.families.Layers.Convolution;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Networks for small devices: MobileNet, MNASNet, EfficientNet, ShuffleNet. */
final class MobileFamilies {
  private MobileFamilies() {}

  static Stream<Family> all() {
    return Stream.of(
        Family.of("MobileNet v2", 3, 16, MobileFamilies::mobileNetV2)
            .written(new Variant(9, false), new Variant(11, true), new Variant(21, false)),
        Family.of("MobileNet v3", 3, 16, MobileFamilies::mobileNetV3)
            .written(new Variant(11, false), new Variant(17, true)),
        Family.of("MNASNet", 3, 16, MobileFamilies::mnasNet)
            .written(new Variant(9, true), new Variant(21, false)),
        Family.of("EfficientNet", 3, 16, MobileFamilies::efficientNet)
            .written(new Variant(11, false), new Variant(21, true)),
        Family.of("ShuffleNet v2", 3, 16, v -> shuffleNet(v, false))
            .written(new Variant(9, false), new Variant(11, true), new Variant(18, false)),
        Family.of("ShuffleNet v2 with Split", 3, 16, v -> shuffleNet(v, true))
            .written(new Variant(11, false), new Variant(13, true), new Variant(18, false)));
  }

  /** What is between the depthwise convolution and the projection. */
  private record Style(UnaryOperator<Features> bend, UnaryOperator<Features> gate) {}

  /** Widened, filtered channel by channel, gated, narrowed; added where nothing changed shape. */
  private static Features inverted(
      Layers net, Features x, int wide, int narrow, Convolution depthwise, Style style) {
    Features main =
        style.bend.apply(net.normalized(net.convolution(x, Convolution.of(wide, 1).plain())));
    Convolution own = depthwise.group(wide).plain();
    main = style.bend.apply(net.normalized(net.convolution(main, own)));
    main = style.gate.apply(main);
    main = net.normalized(net.convolution(main, Convolution.of(narrow, 1).plain()));
    return depthwise.stride() == 1 && x.channels() == narrow ? net.add(x, main) : main;
  }

  private static OnnxModel mobileNetV2(Variant variant) {
    Layers net = new Layers(variant, 41);
    UnaryOperator<Features> bend = x -> net.with(x, net.forms.clip(x.value(), 0, 6));
    Style style = new Style(bend, UnaryOperator.identity());
    Features x =
        bend.apply(
            net.normalized(net.convolution(net.image(3, 16), Convolution.of(8, 3).stride(2))));
    x = inverted(net, x, 16, 8, Convolution.of(16, 3), style);
    x = inverted(net, x, 16, 12, Convolution.of(16, 3).stride(2), style);
    Value means = net.forms.mean(x.value(), false, 2, 3);
    return net.finish(net.gemm(net.forms.dropout(means), 12, 7), "MobileNet v2");
  }

  private static OnnxModel mobileNetV3(Variant variant) {
    Layers net = new Layers(variant, 42);
    UnaryOperator<Features> bend = x -> net.with(x, net.forms.hardSwish(x.value()));
    Style style =
        new Style(
            bend,
            x -> {
              Features narrow = net.relu(net.convolution(net.averaged(x), Convolution.of(4, 1)));
              Features wide = net.convolution(narrow, Convolution.of(x.channels(), 1));
              Value gate = net.forms.hardSigmoid(wide.value());
              return net.with(x, net.graph.op("Mul", gate, x.value()));
            });
    Features x = net.convolution(net.image(3, 16), Convolution.of(8, 3).stride(2).plain());
    x = bend.apply(net.normalized(x));
    x = inverted(net, x, 16, 8, Convolution.of(16, 5), style);
    x = inverted(net, x, 16, 12, Convolution.of(16, 3).stride(2), style);
    Value hidden = net.gemm(net.flattened(net.averaged(x)), 12, 16);
    return net.finish(net.gemm(net.forms.hardSwish(hidden), 16, 7), "MobileNet v3");
  }

  private static OnnxModel mnasNet(Variant variant) {
    Layers net = new Layers(variant, 43);
    Style style = new Style(net::relu, UnaryOperator.identity());
    Features x = net.unit(net.image(3, 16), Convolution.of(8, 3).stride(2));
    x = net.unit(x, Convolution.of(8, 3).group(8));
    x = net.normalized(net.convolution(x, Convolution.of(6, 1).plain()));
    x = inverted(net, x, 18, 8, Convolution.of(18, 5).stride(2), style);
    x = inverted(net, x, 16, 8, Convolution.of(16, 3), style);
    Value means = net.forms.mean(x.value(), false, 2, 3);
    return net.finish(net.gemm(means, 8, 7), "MNASNet");
  }

  private static OnnxModel efficientNet(Variant variant) {
    Layers net = new Layers(variant, 44);
    UnaryOperator<Features> bend = x -> net.with(x, net.forms.silu(x.value()));
    Style style =
        new Style(
            bend,
            x -> {
              Features narrow = bend.apply(net.convolution(net.averaged(x), Convolution.of(3, 1)));
              Features wide = net.convolution(narrow, Convolution.of(x.channels(), 1));
              Value gate = net.graph.op("Sigmoid", wide.value());
              return net.with(x, net.graph.op("Mul", gate, x.value()));
            });
    Features x = net.convolution(net.image(3, 16), Convolution.of(8, 3).stride(2));
    x = inverted(net, bend.apply(x), 16, 8, Convolution.of(16, 3), style);
    x = inverted(net, x, 16, 10, Convolution.of(16, 5).stride(2), style);
    return net.classifier(x, 7, "EfficientNet");
  }

  /** Half of the channels pass through; then both halves are dealt out alternately. */
  private static OnnxModel shuffleNet(Variant variant, boolean bySplit) {
    Layers net = new Layers(variant, 45);
    Features x = net.unit(net.image(3, 16), Convolution.of(8, 3).stride(2));
    Features left = net.convolution(x, Convolution.of(8, 3).stride(2).group(8).plain());
    left = net.unit(net.normalized(left), Convolution.of(8, 1));
    x = shuffled(net, net.concat(left, branch(net, x, 8, 2)), 4);
    List<Value> halves =
        bySplit
            ? net.forms.split(x.value(), 1, 8, 8)
            : List.of(net.forms.slice(x.value(), 1, 0, 8), net.forms.slice(x.value(), 1, 8, 16));
    Features passing = new Features(halves.get(0), 8);
    x = shuffled(net, net.concat(passing, branch(net, new Features(halves.get(1), 8), 8, 1)), 4);
    Value means = net.forms.mean(x.value(), false, 2, 3);
    return net.finish(net.gemm(means, 16, 7), "ShuffleNet v2");
  }

  private static Features branch(Layers net, Features x, int channels, int stride) {
    Features main = net.unit(x, Convolution.of(channels, 1));
    Convolution own = Convolution.of(channels, 3).stride(stride).group(channels).plain();
    return net.unit(net.normalized(net.convolution(main, own)), Convolution.of(channels, 1));
  }

  private static Features shuffled(Layers net, Features x, int edge) {
    Size batch = net.sizes.batch(x.value());
    Size half = net.sizes.over(net.sizes.of(x.value(), 1, x.channels()), 2);
    Size high = net.sizes.of(x.value(), 2, edge);
    Size wide = net.sizes.of(x.value(), 3, edge);
    Value apart = net.sizes.reshape(x.value(), batch, Size.of(2), half, high, wide);
    Value dealt = net.forms.transpose(apart, 0, 2, 1, 3, 4);
    return net.with(
        x, net.sizes.reshape(dealt, batch, net.sizes.times(half, Size.of(2)), high, wide));
  }
}
