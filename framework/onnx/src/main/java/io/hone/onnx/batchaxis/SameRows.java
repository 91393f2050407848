package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import java.util.Map;
import java.util.Optional;

/** Operators that work element by element, with broadcasting or without. */
final class SameRows {
  private SameRows() {}

  static void addTo(Map<String, RowRule> rules) {
    OperatorTrait.ELEMENTWISE.operators().forEach(operator -> rules.put(operator, SameRows::same));
    OperatorTrait.BROADCASTING
        .operators()
        .forEach(operator -> rules.put(operator, SameRows::broadcast));
    rules.put("PRelu", SameRows::broadcast);
    rules.put("Gelu", SameRows::same);
    rules.put("Dropout", SameRows::dropout);
    rules.put("QuantizeLinear", SameRows::quantize);
    rules.put("DequantizeLinear", SameRows::quantize);
  }

  private static void same(BatchStep step) {
    step.coverOnly(0);
    step.keep(step.rowsOf(0));
  }

  private static void dropout(BatchStep step) {
    boolean training = !step.node().input(2).isAbsent() && step.content(2).onlyInteger() != 0;
    boolean nothing = !step.node().input(1).isAbsent() && step.content(1).number(0) == 0;
    if (training && !nothing) {
      throw step.obstacle("drops elements at random");
    }
    same(step);
    step.tell(1, step.rowsOf(0));
  }

  /** One scale for all, or one per index of an axis that is not the batch. */
  private static void quantize(BatchStep step) {
    Shape scale = step.shape(1);
    int axis = step.axis(step.node().integer("axis", 1), Math.max(2, step.rank(0)));
    boolean perAxis = scale.rank() == 1 && scale.elements() != 1;
    if (scale.rank() > 1 || (perAxis && axis == step.rowsOf(0).axis())) {
      throw step.obstacle("has scales along the batch");
    }
    same(step);
  }

  private static void broadcast(BatchStep step) {
    Node node = step.node();
    int fromEnd = -1;
    int rank = 0;
    Rows rows = null;
    for (int i = 0; i < node.inputs().size(); i++) {
      rank = Math.max(rank, step.rank(i));
      Optional<Rows> own = step.rows(i);
      if (own.isEmpty()) {
        continue;
      }
      int place = step.rank(i) - own.get().axis();
      if (rows != null && (place != fromEnd || !own.get().matches(rows))) {
        throw step.obstacle("joins values whose images are along different axes");
      }
      rows = own.get();
      fromEnd = place;
    }
    Node form = node;
    for (int i = 0; i < node.inputs().size(); i++) {
      if (step.rows(i).isEmpty() && !node.input(i).isAbsent()) {
        int axis = step.rank(i) - fromEnd;
        if (axis >= 0 && step.shape(i).axis(axis).size() != 1) {
          Value spread = step.spread(node.input(i), rows.at(axis));
          form = step.withInput(form, i, spread);
        }
      }
    }
    step.emit(form);
    step.tell(0, rows.at(rank - fromEnd));
  }

  /**
   * Lets several inputs of one rank have the images along one axis; those that are the same for all
   * images are repeated.
   *
   * @return where the images are in all of them
   */
  static Rows align(BatchStep step, Node[] form, int... inputs) {
    Rows rows = null;
    for (int input : inputs) {
      Optional<Rows> own = step.rows(input);
      if (own.isPresent()) {
        if (rows != null && !rows.equals(own.get())) {
          throw step.obstacle("joins values whose images are along different axes");
        }
        rows = own.get();
      }
    }
    if (rows == null) {
      throw step.obstacle("reads the images in an unexpected place");
    }
    Dimension size = rows.size(step.images());
    for (int input : inputs) {
      if (step.rows(input).isEmpty()) {
        if (!step.shape(input).axis(rows.axis()).sameAs(size)) {
          throw step.obstacle("joins values of different batch sizes");
        }
        form[0] = step.withInput(form[0], input, step.spread(step.node().input(input), rows));
      }
    }
    return rows;
  }
}
