package io.hone.onnx.gradient;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;

/** Writes a loss of logits [N, K] and the loss's gradient to them. */
final class LossWriter {
  private final GraphEditor graph;
  private final Value logits;
  private final Dimension batch;
  private final Dimension classes;

  /**
   * A loss and its gradient.
   *
   * @param input what else a caller feeds
   * @param loss [N]
   * @param gradient [N, K]
   */
  record Written(Value input, Value loss, Value gradient) {}

  LossWriter(GraphEditor graph, Value logits, Dimension batch, Dimension classes) {
    this.graph = graph;
    this.logits = logits;
    this.batch = batch;
    this.classes = classes;
  }

  Written write(AttackLoss loss) {
    if (loss instanceof AttackLoss.CrossEntropy entropy) {
      return crossEntropy(entropy.targeted());
    }
    if (loss instanceof AttackLoss.Margin margin) {
      return margin(margin.targeted(), margin.confidence());
    }
    Value cotangent = graph.input("cotangent", ElementType.FLOAT, Shape.of(batch, classes));
    return new Written(cotangent, sum(graph.op("Mul", logits, cotangent), 0), cotangent);
  }

  private Written crossEntropy(boolean targeted) {
    Value chosenClass = graph.input("classes", ElementType.INT64, Shape.of(batch));
    Value chosen = oneHot(chosenClass);
    Value logarithms = graph.node("LogSoftmax", logits).with("axis", -1).output();
    Value column = graph.op("Unsqueeze", chosenClass, graph.list(1));
    Value picked = graph.node("GatherElements", logarithms, column).with("axis", 1).output();
    Value value = graph.op("Squeeze", picked, graph.list(1));
    // softmax - 1 would round to 0 where the class is nearly certain: the rest is summed instead.
    Value others =
        graph.op(
            "Where",
            chosen,
            graph.scalar(0),
            graph.node("Softmax", logits).with("axis", -1).output());
    Value rest = graph.op("Neg", sum(others, 1));
    Value gradient = graph.op("Where", chosen, rest, others);
    return targeted
        ? new Written(chosenClass, graph.op("Neg", value), gradient)
        : new Written(chosenClass, value, graph.op("Neg", gradient));
  }

  private Written margin(boolean targeted, float confidence) {
    Value chosenClass = graph.input("classes", ElementType.INT64, Shape.of(batch));
    Value chosen = oneHot(chosenClass);
    Value rivals = graph.op("Where", chosen, graph.scalar(Float.NEGATIVE_INFINITY), logits);
    Value rival = graph.node("ArgMax", rivals).with("axis", 1).with("keepdims", 0).output();
    Value plus = targeted ? rival : chosenClass;
    Value minus = targeted ? chosenClass : rival;
    Value margin = graph.op("Sub", pick(plus), pick(minus));
    Value direction = graph.op("Sub", number(oneHot(plus)), number(oneHot(minus)));
    if (Float.isInfinite(confidence)) {
      return new Written(chosenClass, margin, direction);
    }
    Value floor = graph.scalar(-confidence);
    Value below = graph.op("LessOrEqual", margin, floor);
    Value loss = graph.op("Where", below, floor, margin);
    Value reached = graph.op("Unsqueeze", below, graph.list(1));
    return new Written(chosenClass, loss, graph.op("Where", reached, graph.scalar(0), direction));
  }

  private Value pick(Value perImage) {
    Value column = graph.op("Unsqueeze", perImage, graph.list(1));
    Value picked = graph.node("GatherElements", logits, column).with("axis", 1).output();
    return graph.op("Squeeze", picked, graph.list(1));
  }

  /** Returns [N, K] of truth values, true at each image's class. */
  private Value oneHot(Value perImage) {
    Value column = graph.op("Unsqueeze", perImage, graph.list(1));
    return graph.op("Equal", column, allClasses());
  }

  private Value allClasses() {
    if (classes.isFixed()) {
      long[] all = new long[Math.toIntExact(classes.size())];
      for (int i = 0; i < all.length; i++) {
        all[i] = i;
      }
      return graph.list(all);
    }
    Value count = graph.node("Shape", logits).with("start", 1).output();
    Value zero = graph.constant(ConstantTensor.longs(new long[] {0}));
    Value one = graph.constant(ConstantTensor.longs(new long[] {1}));
    return graph.op("Range", zero, graph.op("Squeeze", count, graph.list(0)), one);
  }

  private Value number(Value truth) {
    return graph.node("Cast", truth).with("to", ElementType.FLOAT.code()).output();
  }

  private Value sum(Value rows, int keep) {
    return graph.node("ReduceSum", rows, graph.list(1)).with("keepdims", keep).output();
  }
}
