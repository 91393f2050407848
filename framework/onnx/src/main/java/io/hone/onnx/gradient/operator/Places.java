package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;

/**
 * Where a node that gathers or scatters reads or writes; the same indices serve the way there and
 * the way back.
 */
interface Places {
  /** Reads the elements at the places. */
  Value gather(Value data);

  /**
   * Returns the data with updates at the places.
   *
   * @param reduction how an update meets what is there: none, add, mul, max or min
   */
  Value scatter(Value data, Value updates, String reduction);

  /** Returns the places of GatherElements or ScatterElements. */
  static Places ofElements(BackwardStep step) {
    return new Elements(step.graph(), step.x(1), step.node().integer("axis", 0));
  }

  /** Returns the places of GatherND or ScatterND without batch axes. */
  static Places ofBlocks(BackwardStep step) {
    return new Blocks(step.graph(), step.x(1));
  }

  /**
   * Indices along one axis, an index for every element.
   *
   * @param graph to write to
   * @param indices shaped as the updates
   * @param axis along which they count
   */
  record Elements(GraphEditor graph, Value indices, long axis) implements Places {
    @Override
    public Value gather(Value data) {
      return graph.node("GatherElements", data, indices).with("axis", axis).output();
    }

    @Override
    public Value scatter(Value data, Value updates, String reduction) {
      return graph
          .node("ScatterElements", data, indices, updates)
          .with("axis", axis)
          .with("reduction", reduction)
          .output();
    }
  }

  /**
   * Indices along the first axes, a list of them for every block.
   *
   * @param graph to write to
   * @param indices of which the last axis lists one index per axis of the data
   */
  record Blocks(GraphEditor graph, Value indices) implements Places {
    @Override
    public Value gather(Value data) {
      return graph.op("GatherND", data, indices);
    }

    @Override
    public Value scatter(Value data, Value updates, String reduction) {
      return graph.node("ScatterND", data, indices, updates).with("reduction", reduction).output();
    }
  }
}
