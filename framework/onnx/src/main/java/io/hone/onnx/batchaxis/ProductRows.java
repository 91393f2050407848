package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.Map;
import java.util.Optional;

/** Matrix products. */
final class ProductRows {
  private ProductRows() {}

  static void addTo(Map<String, RowRule> rules) {
    rules.put("Einsum", ProductRows::einsum);
    rules.put("Gemm", ProductRows::gemm);
    rules.put("MatMul", ProductRows::matMul);
    rules.put("MatMulInteger", ProductRows::matMul);
  }

  private static void matMul(BatchStep step) {
    step.coverOnly(0, 1);
    int left = step.rank(0);
    int right = step.rank(1);
    int rank = left == 1 ? right - 1 : right == 1 ? left - 1 : Math.max(left, right);
    Optional<Rows> a = step.rows(0);
    Optional<Rows> b = step.rows(1);
    int fromEndA = a.map(rows -> left - rows.axis()).orElse(0);
    int fromEndB = b.map(rows -> right - rows.axis()).orElse(0);
    boolean sumsOverA = a.isPresent() && fromEndA == 1;
    boolean sumsOverB = b.isPresent() && (right == 1 || fromEndB == 2);
    if (sumsOverA || sumsOverB) {
      throw step.mixes("adds up over the batch");
    }
    if (right == 1) {
      step.keep(a.orElseThrow());
    } else if (a.isPresent() && fromEndA == 2 && b.isEmpty()) {
      step.keep(a.get().at(rank - 2));
    } else if (b.isPresent() && fromEndB == 1 && a.isEmpty()) {
      step.keep(b.get().at(rank - 1));
    } else {
      stacked(step, rank, a, b);
    }
  }

  /** The batch is among the leading axes, along which matrices are stacked. */
  private static void stacked(BatchStep step, int rank, Optional<Rows> a, Optional<Rows> b) {
    Node form = step.node();
    int given = a.isPresent() ? 0 : 1;
    Rows rows = step.rowsOf(given);
    int fromEnd = step.rank(given) - rows.axis();
    if (a.isPresent() && b.isPresent()) {
      if (step.rank(1) - b.get().axis() != fromEnd || !b.get().matches(rows) || fromEnd < 3) {
        throw step.mixes("multiplies images with each other");
      }
    } else {
      int other = 1 - given;
      int axis = step.rank(other) - fromEnd;
      if (axis >= 0 && step.shape(other).axis(axis).size() != 1) {
        Value spread = step.spread(step.node().input(other), rows.at(axis));
        form = step.withInput(form, other, spread);
      }
    }
    step.emit(form);
    step.tell(0, rows.at(rank - fromEnd));
  }

  private static void gemm(BatchStep step) {
    int given = step.rows(0).isPresent() ? 0 : 1;
    step.coverOnly(given);
    boolean transposed = step.node().integer(given == 0 ? "transA" : "transB", 0) != 0;
    Rows rows = step.rowsOf(given);
    // The first matrix gives the result its rows, the second its columns.
    int kept = (given == 0) != transposed ? 0 : 1;
    if (rows.axis() != kept) {
      throw step.mixes("adds up over the batch");
    }
    Node form = step.node();
    Value added = form.input(2);
    if (!added.isAbsent()) {
      int axis = step.rank(2) - 2 + given;
      if (axis >= 0 && step.shape(2).axis(axis).size() != 1) {
        form = step.withInput(form, 2, step.spread(added, rows.at(axis)));
      }
    }
    step.emit(form);
    step.tell(0, rows.at(given));
  }

  private static void einsum(BatchStep step) {
    String[] sides = step.node().text("equation", "").replace(" ", "").split("->", -1);
    String[] terms = sides[0].split(",", -1);
    if (sides.length != 2
        || sides[0].contains(".")
        || terms.length != step.node().inputs().size()) {
      throw step.obstacle("has an equation without an output, or with an ellipsis");
    }
    char letter = 0;
    Rows rows = null;
    for (int i = 0; i < terms.length; i++) {
      if (step.rows(i).isPresent()) {
        Rows own = step.rowsOf(i);
        char found = terms[i].charAt(own.axis());
        if (rows != null && (found != letter || !own.matches(rows))) {
          throw step.mixes("multiplies images with each other");
        }
        letter = found;
        rows = own;
      }
    }
    int output = sides[1].indexOf(letter);
    if (output < 0) {
      throw step.mixes("adds up over the batch");
    }
    Node form = step.node();
    for (int i = 0; i < terms.length; i++) {
      int axis = terms[i].indexOf(letter);
      if (axis >= 0 && terms[i].indexOf(letter, axis + 1) >= 0) {
        throw step.obstacle("takes a diagonal");
      }
      if (axis >= 0 && step.rows(i).isEmpty()) {
        form = step.withInput(form, i, step.spread(form.input(i), rows.at(axis)));
      }
    }
    step.emit(form);
    step.tell(0, rows.at(output));
  }
}
