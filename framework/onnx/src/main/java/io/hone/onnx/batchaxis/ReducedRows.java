package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Node;
import io.hone.onnx.operator.OperatorTrait;
import java.util.Map;
import java.util.TreeSet;

/** Operators that bring together what is along one axis or several. */
final class ReducedRows {
  private ReducedRows() {}

  static void addTo(Map<String, RowRule> rules) {
    OperatorTrait.REDUCING
        .operators()
        .forEach(operator -> rules.put(operator, ReducedRows::reduce));
    rules.put("ArgMax", step -> argument(step, step.node().integer("axis", 0)));
    rules.put("ArgMin", step -> argument(step, step.node().integer("axis", 0)));
    rules.put("CumSum", step -> along(step, step.content(1).onlyInteger()));
    rules.put("Hardmax", step -> along(step, step.node().integer("axis", -1)));
    rules.put("LogSoftmax", step -> along(step, step.node().integer("axis", -1)));
    rules.put("LpNormalization", step -> along(step, step.node().integer("axis", -1)));
    rules.put("Softmax", step -> along(step, step.node().integer("axis", -1)));
    rules.put("TopK", ReducedRows::topK);
    rules.put("LayerNormalization", ReducedRows::layerNormalization);
    rules.put("MeanVarianceNormalization", ReducedRows::meanVariance);
    rules.put("Trilu", ReducedRows::triangle);
  }

  private static void along(BatchStep step, long axis) {
    step.coverOnly(0);
    checkAxis(step, axis);
    step.keep(step.rowsOf(0));
  }

  private static void checkAxis(BatchStep step, long axis) {
    if (step.axis(axis, step.rank(0)) == step.rowsOf(0).axis()) {
      throw step.mixes("works along the axis of the batch");
    }
  }

  private static void topK(BatchStep step) {
    along(step, step.node().integer("axis", -1));
    step.tell(1, step.rowsOf(0));
  }

  private static void triangle(BatchStep step) {
    step.coverOnly(0);
    if (step.rowsOf(0).axis() >= step.rank(0) - 2) {
      throw step.obstacle("cuts along the axis of the batch");
    }
    step.keep(step.rowsOf(0));
  }

  private static void argument(BatchStep step, long axis) {
    checkAxis(step, axis);
    Rows rows = step.rowsOf(0);
    boolean before = step.axis(axis, step.rank(0)) < rows.axis();
    boolean kept = step.node().integer("keepdims", 1) != 0;
    step.keep(kept || !before ? rows : rows.at(rows.axis() - 1));
  }

  private static void reduce(BatchStep step) {
    step.coverOnly(0);
    Node node = step.node();
    Rows rows = step.rowsOf(0);
    boolean all = node.input(1).isAbsent() || step.content(1).count() == 0;
    if (all && node.integer("noop_with_empty_axes", 0) != 0) {
      step.keep(rows);
      return;
    }
    TreeSet<Integer> axes = new TreeSet<>();
    if (all) {
      throw step.mixes("brings together all images of the batch");
    }
    for (long axis : step.content(1).integers()) {
      axes.add(step.axis(axis, step.rank(0)));
    }
    boolean kept = node.integer("keepdims", 1) != 0;
    Node form = node;
    if (axes.remove(rows.axis())) {
      boolean alone = step.images().equals(Dimension.of(1)) && rows.isPlain();
      if (!alone || !kept || axes.isEmpty()) {
        throw step.mixes("brings together all images of the batch");
      }
      // Of a single image this axis had one element, which every reduction leaves to the others.
      long[] others = axes.stream().mapToLong(Integer::longValue).toArray();
      form = step.withInput(node, 1, step.graph().list(others));
    }
    int before = axes.headSet(rows.axis()).size();
    step.emit(form);
    step.tell(0, kept ? rows : rows.at(rows.axis() - before));
  }

  private static void layerNormalization(BatchStep step) {
    step.coverOnly(0);
    int first = step.axis(step.node().integer("axis", -1), step.rank(0));
    if (first <= step.rowsOf(0).axis()) {
      throw step.mixes("normalises along the axis of the batch");
    }
    step.emit(step.node());
    for (int i = 0; i < step.node().outputs().size(); i++) {
      step.tell(i, step.rowsOf(0));
    }
  }

  private static void meanVariance(BatchStep step) {
    for (long axis : step.node().integers("axes").orElse(new long[] {0, 2, 3})) {
      if (step.axis(axis, step.rank(0)) == step.rowsOf(0).axis()) {
        throw step.mixes("normalises along the axis of the batch");
      }
    }
    step.keep(step.rowsOf(0));
  }
}
