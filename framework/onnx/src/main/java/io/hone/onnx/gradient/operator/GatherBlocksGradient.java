package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.Value;

/** Gradient of GatherND: blocks go back to where they were read, added where several were. */
final class GatherBlocksGradient {
  private GatherBlocksGradient() {}

  static void differentiate(BackwardStep step) {
    if (!step.wants(0)) {
      return;
    }
    int batchAxes = (int) step.node().integer("batch_dims", 0);
    step.give(
        0,
        batchAxes == 0
            ? Places.ofBlocks(step)
                .scatter(step.zeros(step.shapeOf(step.x(0))), step.gradient(), "add")
            : batched(step, batchAxes));
  }

  /** Joins the batch axes to one, whose index becomes the first of each list of indices. */
  private static Value batched(BackwardStep step, int batchAxes) {
    Value batch =
        step.graph()
            .node("ReduceProd", step.sizes(step.x(0), 0, batchAxes))
            .with("keepdims", 1)
            .output();
    Value depth = step.graph().node("Shape", step.x(1)).with("start", -1).output();
    Value lists = step.op("Reshape", step.x(1), step.join(batch, step.list(-1), depth));
    Value firsts = step.op("Slice", lists, step.list(0), step.list(1), step.list(2));
    Value zero = step.op("Squeeze", step.list(0));
    Value one = step.op("Squeeze", step.list(1));
    Value numbers = step.op("Range", zero, step.op("Squeeze", batch), one);
    Value column = step.op("Reshape", numbers, step.list(-1, 1, 1));
    Value own = step.op("Add", step.op("Mul", firsts, step.list(0)), column);
    Value indices = step.graph().node("Concat", own, lists).with("axis", 2).output();
    Value block = step.graph().node("Shape", step.x(0)).with("start", batchAxes).output();
    Value tail = step.op("Slice", block, depth, step.list(Integer.MAX_VALUE));
    Value updates = step.op("Reshape", step.gradient(), step.join(batch, step.list(-1), tail));
    Value zeros = step.zeros(step.join(batch, block));
    Value sum = new Places.Blocks(step.graph(), indices).scatter(zeros, updates, "add");
    return step.reshapeLike(sum, step.x(0));
  }
}
