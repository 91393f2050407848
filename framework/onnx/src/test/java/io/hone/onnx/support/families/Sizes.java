package io.hone.onnx.support.families;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes sizes in one of two ways: as numbers, with -1 for the batch; or as PyTorch's exporter does
 * where an axis is dynamic, as Shape, Gather, Div, Cast, Mul, Unsqueeze and Concat before every
 * Reshape.
 */
final class Sizes {
  private final GraphEditor graph;
  private final Forms forms;
  private final boolean computed;

  Sizes(GraphEditor graph, Forms forms, boolean computed) {
    this.graph = graph;
    this.forms = forms;
    this.computed = computed;
  }

  /** Returns the size of an axis; where sizes are written as numbers, the one given. */
  Size of(Value value, long axis, long known) {
    if (!computed) {
      return Size.of(known);
    }
    Value place = graph.constant(ConstantTensor.longs(new long[] {axis}));
    return new Size.Computed(
        graph.node("Gather", graph.op("Shape", value), place).with("axis", 0).output());
  }

  /** Returns the number of images. */
  Size batch(Value value) {
    return of(value, 0, -1);
  }

  /** Returns a product; a batch that is inferred stays so. */
  Size times(Size left, Size right) {
    if (left instanceof Size.Written a && right instanceof Size.Written b) {
      return Size.of(Math.min(a.size(), b.size()) < 0 ? -1 : a.size() * b.size());
    }
    return new Size.Computed(graph.op("Mul", scalar(left), scalar(right)));
  }

  /** Returns a quotient, cast twice as the exporter casts it. */
  Size over(Size size, long divisor) {
    if (size instanceof Size.Written written) {
      return Size.of(written.size() < 0 ? -1 : written.size() / divisor);
    }
    Value quotient = graph.op("Div", scalar(size), scalar(Size.of(divisor)));
    return new Size.Computed(integer(integer(quotient)));
  }

  private Value integer(Value value) {
    return graph.node("Cast", value).with("to", ElementType.INT64.code()).output();
  }

  private Value scalar(Size size) {
    if (size instanceof Size.Computed known) {
      return known.value();
    }
    return graph.constant(ConstantTensor.longs(new long[] {((Size.Written) size).size()}));
  }

  /** Returns a list of sizes as one value. */
  Value list(Size... sizes) {
    if (Arrays.stream(sizes).allMatch(Size.Written.class::isInstance)) {
      return graph.list(
          Arrays.stream(sizes).mapToLong(size -> ((Size.Written) size).size()).toArray());
    }
    List<Value> parts = new ArrayList<>();
    for (Size size : sizes) {
      parts.add(
          size instanceof Size.Written written
              ? graph.list(written.size())
              : forms.unsqueeze(scalar(size), 0));
    }
    return graph.node("Concat", parts.toArray(Value[]::new)).with("axis", 0).output();
  }

  /** Reshapes a value. */
  Value reshape(Value value, Size... sizes) {
    return graph.op("Reshape", value, list(sizes));
  }
}
