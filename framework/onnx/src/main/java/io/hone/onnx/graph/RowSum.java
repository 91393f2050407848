package io.hone.onnx.graph;

import java.util.Arrays;

/**
 * Sums over the last axes of a value, written as a product with ones.
 *
 * <p>ReduceSum and ReduceMean over last axes add in an order that depends on where a row happens to
 * are in memory (ONNX Runtime 1.28 to 1.30 on CPU), so that an image's last bit depends on its
 * place in the batch. A matrix product does not.
 */
public final class RowSum {
  private RowSum() {}

  /**
   * Returns the sum over the axes from {@code first} on, each left with size 1.
   *
   * @param rank of the value
   * @param first the first axis of the sum, at least 1
   * @param count how many numbers are added, or -1 if that is known only when the graph runs
   */
  public static Value of(GraphEditor graph, Value value, int rank, int first, long count) {
    return scaled(graph, value, rank, first, count, 1);
  }

  /** Returns the sum times a factor; see {@link #of}. */
  public static Value scaled(
      GraphEditor graph, Value value, int rank, int first, long count, double factor) {
    Value rows = value;
    if (first < rank - 1) {
      long[] joined = new long[first + 1];
      joined[first] = -1;
      rows = graph.op("Reshape", value, graph.list(joined));
    }
    Value sum = product(graph, rows, count, (float) factor);
    if (first == rank - 1) {
      return sum;
    }
    long[] ones = new long[rank];
    Arrays.fill(ones, first, rank, 1);
    return graph.op("Reshape", sum, graph.list(ones));
  }

  private static Value product(GraphEditor graph, Value rows, long count, float factor) {
    if (count >= 0) {
      float[] weights = new float[Math.toIntExact(count)];
      Arrays.fill(weights, factor);
      Value column = graph.constant("ones", ConstantTensor.floats(weights, count, 1));
      return graph.op("MatMul", rows, column);
    }
    // A column that is no constant would be multiplied in another way, by place; two are not.
    Value length = graph.node("Shape", rows).with("start", -1).output();
    Value shape = graph.node("Concat", length, graph.list(2)).with("axis", 0).output();
    Value columns =
        graph
            .node("ConstantOfShape", shape)
            .with("value", ConstantTensor.floats(new float[] {factor}, 1))
            .output();
    Value sums = graph.op("MatMul", rows, columns);
    return graph.node("Gather", sums, graph.list(0)).with("axis", -1).output();
  }
}
