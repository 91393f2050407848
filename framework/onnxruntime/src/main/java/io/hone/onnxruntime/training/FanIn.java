package io.hone.onnxruntime.training;

import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.training.Weight;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** Tells how many products an output of a matrix adds up, by the node that reads the matrix. */
final class FanIn {
  private final OnnxModel model;

  /** Creates the reader of a model. */
  FanIn(OnnxModel model) {
    this.model = model;
  }

  /** A view of a matrix, whose last two axes may have changed places. */
  private record View(String name, boolean turned) {}

  /** Returns the number; empty if no Gemm or MatMul reads the weight, or a Transpose of it. */
  OptionalLong of(Weight weight) {
    Deque<View> views = new ArrayDeque<>();
    views.add(new View(weight.name(), false));
    while (!views.isEmpty()) {
      View view = views.remove();
      Value value = new Value(view.name());
      for (Node node : model.nodes()) {
        int input = node.inputs().indexOf(value);
        if (input < 0 || !node.domain().isEmpty()) {
          continue;
        }
        if (node.is("Identity")) {
          views.add(new View(node.output(0).name(), view.turned()));
        } else if (node.is("Transpose") && turnsLastAxes(node, weight.shape().rank())) {
          views.add(new View(node.output(0).name(), !view.turned()));
        } else if (addsAlongFirst(node, input)) {
          return OptionalLong.of(size(weight, view.turned() ? 1 : 2));
        } else if (node.is("Gemm") && input < 2 || node.is("MatMul")) {
          return OptionalLong.of(size(weight, view.turned() ? 2 : 1));
        }
      }
    }
    return OptionalLong.empty();
  }

  /** Returns whether products are added up along the first of the last two axes. */
  private static boolean addsAlongFirst(Node node, int input) {
    if (node.is("MatMul")) {
      return input == 1;
    }
    return node.is("Gemm")
        && (input == 0 && node.integer("transA", 0) != 0
            || input == 1 && node.integer("transB", 0) == 0);
  }

  private static boolean turnsLastAxes(Node node, int rank) {
    if (rank < 2 || node.integers("perm").isEmpty()) {
      return rank == 2;
    }
    long[] order = node.integers("perm").get();
    for (int axis = 0; axis < rank - 2; axis++) {
      if (order[axis] != axis) {
        return false;
      }
    }
    return order[rank - 2] == rank - 1;
  }

  /** Returns the size of an axis, counted from the end. */
  private static long size(Weight weight, int fromEnd) {
    return weight.shape().axis(weight.shape().rank() - fromEnd).size();
  }
}
