package io.hone.onnx.support.families;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.stream.Stream;

/** A network as tf2onnx writes what Keras built: channels last outside, SAME pads, colons. */
final class KerasFamilies {
  private KerasFamilies() {}

  static Stream<Family> all() {
    return Stream.of(
        new Family(
            "Keras",
            new long[] {13, 13, 3},
            List.of(new Variant(9, false), new Variant(13, true), new Variant(18, false)),
            KerasFamilies::keras));
  }

  private static OnnxModel keras(Variant variant) {
    Layers net = new Layers(variant, 71);
    Value image =
        net.graph.input(
            "serving_default_input_1:0",
            ElementType.FLOAT,
            Shape.of(
                Dimension.named("unk__1"), Dimension.of(13), Dimension.of(13), Dimension.of(3)));
    Features x = new Features(net.forms.transpose(image, 0, 3, 1, 2), 3);
    x = net.relu(net.normalized(same(net, x, 8, 2, 1)));
    x = net.with(x, net.forms.clip(net.normalized(same(net, x, 8, 1, 8)).value(), 0, 6));
    x =
        net.with(
            x,
            net.graph
                .node("MaxPool", x.value())
                .with("kernel_shape", Forms.pair(2))
                .with("strides", Forms.pair(2))
                .with("auto_pad", "SAME_UPPER")
                .output());
    x = net.relu(same(net, x, 12, 1, 1));
    Value means = net.forms.mean(x.value(), true, 2, 3);
    Value squeezed = net.forms.squeeze(means, 2, 3);
    // Keras flattens by a shape computed from the batch.
    Value flat = net.sizes.reshape(squeezed, net.sizes.batch(squeezed), Size.of(12));
    Value logits = net.dense(flat, 12, 5);
    Value scores = net.graph.rename(logits, "StatefulPartitionedCall/model/dense/BiasAdd:0");
    net.graph.output(
        scores, ElementType.FLOAT, Shape.of(Dimension.named("unk__2"), Dimension.of(5)));
    return net.graph.build("Keras");
  }

  private static Features same(Layers net, Features x, int channels, int stride, int group) {
    return new Features(
        net.graph
            .node("Conv", x.value(), net.weights(channels, x.channels() / group, 3, 3))
            .with("auto_pad", "SAME_UPPER")
            .with("strides", Forms.pair(stride))
            .with("group", group)
            .output(),
        channels);
  }
}
