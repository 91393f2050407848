package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Node;
import io.hone.onnx.operator.OperatorTrait;
import java.util.Map;

/** Operators whose first axis is the batch by definition. */
final class WindowRows {
  private WindowRows() {}

  static void addTo(Map<String, RowRule> rules) {
    OperatorTrait.BATCH_FIRST
        .operators()
        .forEach(operator -> rules.put(operator, WindowRows::firstAxis));
    rules.put("MaxPool", WindowRows::maxPool);
    rules.put("BatchNormalization", WindowRows::batchNormalization);
    rules.put("GridSample", WindowRows::gridSample);
  }

  private static void firstAxis(BatchStep step) {
    step.coverOnly(0);
    if (step.rowsOf(0).axis() != 0) {
      throw step.obstacle("has the images along another axis than its first");
    }
    step.keep(step.rowsOf(0));
  }

  /** Its indices count through the whole batch. */
  private static void maxPool(BatchStep step) {
    if (!step.node().output(1).isAbsent()) {
      throw step.obstacle("numbers the places of its maxima through the whole batch");
    }
    firstAxis(step);
  }

  private static void batchNormalization(BatchStep step) {
    if (step.node().integer("training_mode", 0) != 0) {
      throw step.mixes("is in training mode: it normalises each image by the whole batch");
    }
    firstAxis(step);
  }

  private static void gridSample(BatchStep step) {
    Node[] form = {step.node()};
    Rows rows = SameRows.align(step, form, 0, 1);
    if (rows.axis() != 0) {
      throw step.obstacle("has the images along another axis than its first");
    }
    step.emit(form[0]);
    step.tell(0, rows);
  }
}
