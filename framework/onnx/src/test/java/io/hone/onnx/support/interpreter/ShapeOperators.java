package io.hone.onnx.support.interpreter;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import java.util.Arrays;
import java.util.Map;

/** Constants and sizes. */
final class ShapeOperators {
  private ShapeOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "Constant", Operator.single(a -> constant(a.node())),
        "ConstantOfShape", Operator.single(ShapeOperators::filled),
        "Range", Operator.single(ShapeOperators::range),
        "Shape", Operator.single(ShapeOperators::shape),
        "Size",
            Operator.single(a -> DoubleTensor.integers(a.input(0).content().length).reshaped()));
  }

  private static DoubleTensor constant(Node node) {
    if (node.has("value_ints")) {
      return DoubleTensor.of(ConstantTensor.list(node.integers("value_ints").orElseThrow()));
    }
    if (node.has("value_int")) {
      return DoubleTensor.integers((int) node.integer("value_int", 0)).reshaped();
    }
    if (node.has("value_float")) {
      return DoubleTensor.of(new double[] {node.number("value_float", 0)});
    }
    return DoubleTensor.of(ConstantTensor.of(node.tensor("value").orElseThrow()));
  }

  private static DoubleTensor filled(Application a) {
    DoubleTensor filling =
        a.node().has("value") ? constant(a.node()) : DoubleTensor.of(new double[1], 1);
    int[] shape = a.input(0).ints();
    double[] content = new double[DoubleTensor.count(shape)];
    Arrays.fill(content, filling.content()[0]);
    return new DoubleTensor(content, shape, filling.type());
  }

  private static DoubleTensor range(Application a) {
    double start = a.input(0).content()[0];
    double step = a.input(2).content()[0];
    int count = (int) Math.max(0, Math.ceil((a.input(1).content()[0] - start) / step));
    double[] content = new double[count];
    for (int i = 0; i < count; i++) {
      content[i] = start + i * step;
    }
    return new DoubleTensor(content, new int[] {count}, a.input(0).type());
  }

  private static DoubleTensor shape(Application a) {
    int[] shape = a.input(0).shape();
    int start = bounded(a.node().integer("start", 0), shape.length);
    int end = bounded(a.node().integer("end", shape.length), shape.length);
    return DoubleTensor.integers(Arrays.copyOfRange(shape, start, Math.max(start, end)))
        .as(ElementType.INT64);
  }

  private static int bounded(long axis, int rank) {
    return (int) Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }
}
