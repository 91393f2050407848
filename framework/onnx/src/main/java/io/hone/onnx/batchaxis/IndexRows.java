package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Node;
import java.util.Map;

/** Operators that take or put elements by index. */
final class IndexRows {
  private IndexRows() {}

  static void addTo(Map<String, RowRule> rules) {
    rules.put("Gather", IndexRows::gather);
    rules.put("GatherElements", step -> elements(step, 0, 1));
    rules.put("GatherND", IndexRows::gatherNd);
    rules.put("OneHot", IndexRows::oneHot);
    rules.put("ScatterElements", step -> elements(step, 0, 1, 2));
    rules.put("ScatterND", IndexRows::scatterNd);
  }

  private static void gather(BatchStep step) {
    int axis = step.axis(step.node().integer("axis", 0), step.rank(0));
    if (step.rows(0).isEmpty()) {
      Rows indices = step.rowsOf(1);
      step.keep(indices.at(axis + indices.axis()));
      return;
    }
    step.coverOnly(0);
    Rows rows = step.rowsOf(0);
    if (axis == rows.axis()) {
      throw step.obstacle("picks from the axis of the batch");
    }
    step.keep(axis < rows.axis() ? rows.at(rows.axis() - 1 + step.rank(1)) : rows);
  }

  private static void elements(BatchStep step, int... inputs) {
    Node[] form = {step.node()};
    Rows rows = SameRows.align(step, form, inputs);
    if (step.axis(step.node().integer("axis", 0), step.rank(0)) == rows.axis()) {
      throw step.obstacle("picks along the axis of the batch");
    }
    step.emit(form[0]);
    step.tell(0, rows);
  }

  private static void gatherNd(BatchStep step) {
    step.coverOnly(0);
    Rows rows = step.rowsOf(0);
    int shared = (int) step.node().integer("batch_dims", 0);
    int outer = step.rank(1) - 1;
    long depth = step.shape(1).axis(outer).size();
    if (depth < 0 || rows.axis() < shared + depth) {
      throw step.obstacle("picks from the axis of the batch");
    }
    step.keep(rows.at((int) (outer + rows.axis() - shared - depth)));
  }

  private static void scatterNd(BatchStep step) {
    step.coverOnly(0, 2);
    int outer = step.rank(1) - 1;
    long depth = step.shape(1).axis(outer).size();
    Rows rows =
        step.rows(0)
            .orElseGet(() -> step.rowsOf(2).at((int) (step.rowsOf(2).axis() - outer + depth)));
    if (depth < 0 || rows.axis() < depth || rows.axis() >= step.rank(0)) {
      throw step.obstacle("writes into the axis of the batch");
    }
    Rows updates = rows.at((int) (rows.axis() - depth + outer));
    Node form = step.node();
    if (step.rows(0).isEmpty()) {
      form = step.withInput(form, 0, step.spread(form.input(0), rows));
    }
    if (step.rows(2).isEmpty()) {
      form = step.withInput(form, 2, step.spread(form.input(2), updates));
    } else if (!step.rowsOf(2).equals(updates)) {
      throw step.obstacle("joins values whose images are along different axes");
    }
    step.emit(form);
    step.tell(0, rows);
  }

  private static void oneHot(BatchStep step) {
    step.coverOnly(0);
    int axis = step.axis(step.node().integer("axis", -1), step.rank(0) + 1);
    Rows rows = step.rowsOf(0);
    step.keep(axis <= rows.axis() ? rows.at(rows.axis() + 1) : rows);
  }
}
