package io.hone.onnx.graph;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Applies functions of single elements to rows padded to whole vector registers: ONNX Runtime
 * computes the last few elements of a tensor one by one and rounds some functions differently
 * there, so that an image's last bit would depend on its place in the batch.
 */
public final class PaddedRows {
  /** The numbers in the widest register. */
  private static final long REGISTER = 16;

  private PaddedRows() {}

  /**
   * Applies a function to a value whose first axis lists the images.
   *
   * @param shape of the value, as far as it is known; without a rank the function is applied as is
   * @param function applied to the padded rows, {@code [N, size]}; 1 is a valid argument of it
   */
  public static Value apply(
      GraphEditor graph, Value value, Optional<Shape> shape, UnaryOperator<Value> function) {
    if (shape.isEmpty() || shape.get().rank() < 2) {
      return function.apply(value);
    }
    Shape image = new Shape(shape.get().dimensions().subList(1, shape.get().rank()));
    if (!image.isFixed()) {
      return applyAtRunTime(graph, value, function);
    }
    long size = image.elements();
    if (size % REGISTER == 0) {
      return function.apply(value);
    }
    long missing = REGISTER - size % REGISTER;
    Value rows = graph.op("Reshape", value, graph.list(-1, size));
    Value full = graph.op("Pad", rows, graph.list(0, 0, 0, missing), graph.scalar(1));
    Value cut = graph.op("Pad", function.apply(full), graph.list(0, 0, 0, -missing));
    long[] sizes = shape.get().sizes();
    sizes[0] = -1;
    return graph.op("Reshape", cut, graph.list(sizes));
  }

  private static Value applyAtRunTime(
      GraphEditor graph, Value value, UnaryOperator<Value> function) {
    Value rows = graph.node("Flatten", value).with("axis", 1).output();
    Value size = graph.node("Shape", rows).with("start", 1).output();
    Value missing = graph.op("Mod", graph.op("Neg", size), graph.list(REGISTER));
    Value pads = graph.node("Concat", graph.list(0, 0, 0), missing).with("axis", 0).output();
    Value full = graph.op("Pad", rows, pads, graph.scalar(1));
    Value cut = graph.op("Slice", function.apply(full), graph.list(0), size, graph.list(1));
    return graph.op("Reshape", cut, graph.op("Shape", value));
  }
}
