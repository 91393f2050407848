package io.hone.onnx.gradient;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Value;

/**
 * Writes what {@link AttackLoss.DifferenceOfLogitsRatio} divides by: the largest logit less the
 * third, or less the mean of the third and the fourth; 1 where there are only two classes.
 */
final class LogitSpread {
  private static final float SMALLEST = 1e-12f;

  private final GraphEditor graph;
  private final Value logits;
  private final Value allClasses;
  private final Value value;
  private final Value gradient;

  /**
   * Writes the nodes.
   *
   * @param logits [N, K]
   * @param allClasses the numbers 0 to K - 1
   * @param fourth whether the fourth largest logit takes part
   */
  LogitSpread(GraphEditor graph, Value logits, Value allClasses, boolean fourth) {
    this.graph = graph;
    this.logits = logits;
    this.allClasses = allClasses;
    Value count = graph.node("Shape", logits).with("start", 1).output();
    Value kept = graph.op("Min", count, graph.list(4));
    // Classes with equal logits come in the order of their numbers.
    Value places = graph.node("TopK", logits, kept).with("axis", 1).outputs(2).get(1);
    Value first = place(places, graph.list(0));
    Value lastKept = graph.op("Sub", kept, graph.list(1));
    Value third = place(places, graph.op("Min", lastKept, graph.list(2)));
    Value last = fourth ? place(places, lastKept) : third;
    Value lower = graph.op("Add", half(logit(third)), half(logit(last)));
    Value spread = graph.op("Add", graph.op("Sub", logit(first), lower), graph.scalar(SMALLEST));
    Value slopes =
        graph.op("Sub", number(first), graph.op("Add", half(number(third)), half(number(last))));
    Value few = graph.op("Less", count, graph.list(3));
    this.value =
        graph.op("Squeeze", graph.op("Where", few, graph.scalar(1), spread), graph.list(1));
    this.gradient = graph.op("Where", few, graph.scalar(0), slopes);
  }

  /** Returns the spread, [N]. */
  Value value() {
    return value;
  }

  /** Returns the gradient of the spread to the logits, [N, K]. */
  Value gradient() {
    return gradient;
  }

  /** Returns one column of the places, [N, 1]. */
  private Value place(Value places, Value rank) {
    return graph.node("Gather", places, rank).with("axis", 1).output();
  }

  private Value logit(Value place) {
    return graph.node("GatherElements", logits, place).with("axis", 1).output();
  }

  private Value half(Value value) {
    return graph.op("Mul", value, graph.scalar(0.5f));
  }

  /** Returns [N, K] of zeros, and 1 at each image's place. */
  private Value number(Value place) {
    Value truth = graph.op("Equal", place, allClasses);
    return graph.node("Cast", truth).with("to", ElementType.FLOAT.code()).output();
  }
}
