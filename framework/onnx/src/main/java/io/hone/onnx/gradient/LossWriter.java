package io.hone.onnx.gradient;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.stream.LongStream;

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
    if (loss instanceof AttackLoss.DifferenceOfLogitsRatio ratio) {
      return logitsRatio(ratio.targeted());
    }
    if (loss instanceof AttackLoss.ProbabilityMargin margin) {
      return probabilityMargin(margin.targeted());
    }
    Value cotangent = graph.input("cotangent", ElementType.FLOAT, Shape.of(batch, classes));
    Value products =
        graph.op(
            "MatMul",
            graph.op("Unsqueeze", logits, graph.list(1)),
            graph.op("Unsqueeze", cotangent, graph.list(2)));
    return new Written(cotangent, graph.op("Squeeze", products, graph.list(1, 2)), cotangent);
  }

  /**
   * With {@code r} the probability of all classes but the chosen one, the gradient of the targeted
   * loss is {@code -r} at the chosen class and {@code r} times the others' own softmax elsewhere:
   * no difference {@code softmax - 1}, which would round to 0 where the class is nearly certain.
   */
  private Written crossEntropy(boolean targeted) {
    Value chosenClass = graph.input("classes", ElementType.INT64, Shape.of(batch));
    Value chosen = oneHot(chosenClass);
    Value others = graph.op("Where", chosen, graph.scalar(Float.NEGATIVE_INFINITY), logits);
    Value rival = graph.node("ArgMax", others).with("axis", 1).output();
    // log of the sum of exp over the others, read off at their largest.
    Value sum = graph.op("Sub", at(others, rival), at(softmax("LogSoftmax", others), rival));
    Value sides =
        graph.node("Concat", at(logits, column(chosenClass)), sum).with("axis", 1).output();
    Value logarithm = columnOf(softmax("LogSoftmax", sides), 0);
    Value rest = column(columnOf(softmax("Softmax", sides), 1));
    Value shares = graph.op("Mul", rest, softmax("Softmax", others));
    Value gradient = graph.op("Where", chosen, graph.op("Neg", rest), shares);
    return targeted
        ? new Written(chosenClass, graph.op("Neg", logarithm), gradient)
        : new Written(chosenClass, logarithm, graph.op("Neg", gradient));
  }

  private Value softmax(String operator, Value rows) {
    return graph.node(operator, rows).with("axis", -1).output();
  }

  private Value at(Value rows, Value column) {
    return graph.node("GatherElements", rows, column).with("axis", 1).output();
  }

  private Value columnOf(Value rows, long column) {
    Value index = graph.constant(ConstantTensor.longs(new long[] {column}));
    return graph.node("Gather", rows, index).with("axis", 1).output();
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
    Value reached = column(below);
    return new Written(chosenClass, loss, graph.op("Where", reached, graph.scalar(0), direction));
  }

  /** The quotient's gradient is {@code (margin' - loss * spread') / spread}. */
  private Written logitsRatio(boolean targeted) {
    Written margin = margin(targeted, Float.POSITIVE_INFINITY);
    if (classes.isFixed() && classes.size() < 3) {
      return margin;
    }
    LogitSpread spread = new LogitSpread(graph, logits, allClasses(), targeted);
    Value ratio = graph.op("Div", margin.loss(), spread.value());
    Value ofSpread = graph.op("Mul", column(ratio), spread.gradient());
    Value difference = graph.op("Sub", margin.gradient(), ofSpread);
    return new Written(margin.input(), ratio, graph.op("Div", difference, column(spread.value())));
  }

  /**
   * Sums probabilities of the class, its largest rival and the rest, and never takes {@code 1 - p},
   * which would round to 0 where a class is nearly certain. The gradient of the targeted loss is
   * {@code -p[c] (2 p[r] + rest)} at the class, {@code p[r] (2 p[c] + rest)} at the rival and
   * {@code p[k] (p[c] - p[r])} elsewhere.
   */
  private Written probabilityMargin(boolean targeted) {
    Value chosenClass = graph.input("classes", ElementType.INT64, Shape.of(batch));
    Value chosen = oneHot(chosenClass);
    Value rivals = graph.op("Where", chosen, graph.scalar(Float.NEGATIVE_INFINITY), logits);
    Value rival = graph.node("ArgMax", rivals).with("axis", 1).output();
    Value isRival = graph.op("Equal", rival, allClasses());
    // The lowest number, not -infinity: of two classes none is left, and their sum must be one.
    Value others = graph.op("Where", isRival, graph.scalar(-Float.MAX_VALUE), rivals);
    Value largest = graph.node("ArgMax", others).with("axis", 1).output();
    Value sum = graph.op("Sub", at(others, largest), at(softmax("LogSoftmax", others), largest));
    Value sides =
        graph
            .node("Concat", at(logits, column(chosenClass)), at(logits, rival), sum)
            .with("axis", 1)
            .output();
    Value probabilities = softmax("Softmax", sides);
    Value own = column(columnOf(probabilities, 0));
    Value best = column(columnOf(probabilities, 1));
    Value rest = column(columnOf(probabilities, 2));
    Value margin = targeted ? graph.op("Sub", best, own) : graph.op("Sub", own, best);
    Value shares = graph.op("Mul", rest, softmax("Softmax", others));
    Value atOwn = graph.op("Mul", own, graph.op("Add", graph.op("Add", best, best), rest));
    Value atBest = graph.op("Mul", best, graph.op("Add", graph.op("Add", own, own), rest));
    Value elsewhere = graph.op("Mul", shares, margin);
    Value positive = targeted ? atBest : atOwn;
    Value negative = graph.op("Neg", targeted ? atOwn : atBest);
    Value falling =
        graph.op("Where", targeted ? chosen : isRival, negative, graph.op("Neg", elsewhere));
    Value gradient = graph.op("Where", targeted ? isRival : chosen, positive, falling);
    return new Written(chosenClass, graph.op("Squeeze", margin, graph.list(1)), gradient);
  }

  private Value column(Value perImage) {
    return graph.op("Unsqueeze", perImage, graph.list(1));
  }

  private Value pick(Value perImage) {
    return graph.op("Squeeze", at(logits, column(perImage)), graph.list(1));
  }

  /** Returns [N, K] of truth values, true at each image's class. */
  private Value oneHot(Value perImage) {
    return graph.op("Equal", column(perImage), allClasses());
  }

  private Value allClasses() {
    if (classes.isFixed()) {
      return graph.list(LongStream.range(0, classes.size()).toArray());
    }
    Value count = graph.node("Shape", logits).with("start", 1).output();
    Value zero = graph.constant(ConstantTensor.longs(new long[] {0}));
    Value one = graph.constant(ConstantTensor.longs(new long[] {1}));
    return graph.op("Range", zero, graph.op("Squeeze", count, graph.list(0)), one);
  }

  private Value number(Value truth) {
    return graph.node("Cast", truth).with("to", ElementType.FLOAT.code()).output();
  }
}
