package io.hone.onnx.support.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Products of matrices and tensors. */
final class ProductOperators {
  private ProductOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "MatMul", Operator.single(a -> product(a.input(0), a.input(1))),
        "Gemm", Operator.single(ProductOperators::gemm),
        "Einsum", Operator.single(ProductOperators::einsum));
  }

  private static DoubleTensor product(DoubleTensor left, DoubleTensor right) {
    DoubleTensor a = left.rank() == 1 ? left.reshaped(1, left.shape()[0]) : left;
    DoubleTensor b = right.rank() == 1 ? right.reshaped(right.shape()[0], 1) : right;
    int rows = a.shape()[a.rank() - 2];
    int inner = a.shape()[a.rank() - 1];
    int columns = b.shape()[b.rank() - 1];
    if (inner != b.shape()[b.rank() - 2]) {
      throw new IllegalArgumentException("inner sizes differ");
    }
    int[] aLead = Arrays.copyOf(a.shape(), a.rank() - 2);
    int[] bLead = Arrays.copyOf(b.shape(), b.rank() - 2);
    int[] lead = Places.broadcast(aLead, bLead);
    int[] aStarts = starts(aLead, lead, rows * inner);
    int[] bStarts = starts(bLead, lead, inner * columns);
    double[] result = new double[aStarts.length * rows * columns];
    for (int matrix = 0; matrix < aStarts.length; matrix++) {
      for (int i = 0; i < rows; i++) {
        int target = (matrix * rows + i) * columns;
        for (int k = 0; k < inner; k++) {
          double factor = a.content()[aStarts[matrix] + i * inner + k];
          int source = bStarts[matrix] + k * columns;
          for (int j = 0; j < columns; j++) {
            result[target + j] += factor * b.content()[source + j];
          }
        }
      }
    }
    List<Integer> shape = new ArrayList<>(Arrays.stream(lead).boxed().toList());
    if (left.rank() > 1) {
      shape.add(rows);
    }
    if (right.rank() > 1) {
      shape.add(columns);
    }
    return DoubleTensor.of(result, shape.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Returns where each matrix starts whose leading axes are broadcast. */
  private static int[] starts(int[] own, int[] wide, int matrix) {
    int[] strides = new int[wide.length];
    int stride = matrix;
    for (int axis = own.length - 1; axis >= 0; axis--) {
      strides[axis + wide.length - own.length] = own[axis] == 1 ? 0 : stride;
      stride *= own[axis];
    }
    return Places.offsets(wide, strides, 0);
  }

  private static DoubleTensor gemm(Application a) {
    DoubleTensor left = a.node().integer("transA", 0) == 0 ? a.input(0) : turned(a.input(0));
    DoubleTensor right = a.node().integer("transB", 0) == 0 ? a.input(1) : turned(a.input(1));
    double alpha = a.node().number("alpha", 1);
    double beta = a.node().number("beta", 1);
    DoubleTensor result = product(left, right);
    double[] scaled = Arrays.stream(result.content()).map(x -> alpha * x).toArray();
    DoubleTensor product = DoubleTensor.of(scaled, result.shape());
    return a.has(2)
        ? ArithmeticOperators.broadcast(product, a.input(2), (x, bias) -> x + beta * bias)
        : product;
  }

  private static DoubleTensor turned(DoubleTensor matrix) {
    int[] shape = {matrix.shape()[1], matrix.shape()[0]};
    return matrix.picked(Places.offsets(shape, new int[] {1, shape[0]}, 0), shape);
  }

  /** Any number of operands whose axes all have letters, the result's spelled out. */
  private static DoubleTensor einsum(Application a) {
    String[] sides = a.node().text("equation", "").replace(" ", "").split("->");
    String[] operands = sides[0].split(",");
    Set<Character> letters = new LinkedHashSet<>();
    sides[1].chars().forEach(letter -> letters.add((char) letter));
    sides[0].replace(",", "").chars().forEach(letter -> letters.add((char) letter));
    List<Character> order = List.copyOf(letters);
    int[] sizes = new int[order.size()];
    double[] product = null;
    for (int i = 0; i < operands.length; i++) {
      for (int axis = 0; axis < operands[i].length(); axis++) {
        sizes[order.indexOf(operands[i].charAt(axis))] = a.input(i).shape()[axis];
      }
    }
    for (int i = 0; i < operands.length; i++) {
      int[] strides = new int[order.size()];
      int[] own = a.input(i).strides();
      for (int axis = 0; axis < operands[i].length(); axis++) {
        strides[order.indexOf(operands[i].charAt(axis))] += own[axis];
      }
      double[] factor = a.input(i).picked(Places.offsets(sizes, strides, 0), sizes).content();
      product = product == null ? factor : multiplied(product, factor);
    }
    int kept = sides[1].length();
    return summed(product, Arrays.copyOf(sizes, kept));
  }

  private static double[] multiplied(double[] left, double[] right) {
    double[] product = new double[left.length];
    for (int i = 0; i < left.length; i++) {
      product[i] = left[i] * right[i];
    }
    return product;
  }

  /** Sums over all axes behind those that are kept. */
  private static DoubleTensor summed(double[] product, int[] kept) {
    double[] sums = new double[DoubleTensor.count(kept)];
    int run = product.length / sums.length;
    for (int i = 0; i < product.length; i++) {
      sums[i / run] += product[i];
    }
    return DoubleTensor.of(sums, kept);
  }
}
