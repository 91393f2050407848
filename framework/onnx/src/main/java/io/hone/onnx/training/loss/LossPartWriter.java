package io.hone.onnx.training.loss;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Writes parts of a loss, and the gradient of their sum to each value that they are computed of.
 *
 * <p>Sums over the rows are multiplied by a share that is fed, 1 over the examples of the batch. So
 * the parts of several shards of a batch add up to the mean over the batch, whatever their sizes.
 */
public final class LossPartWriter {
  /** Bounds the weights of a shard whose targets are nearly all alike. */
  private static final float RAREST = 1e-3f;

  private final OnnxModel model;
  private final Shapes shapes;
  private final GraphEditor graph;
  private final Value share;
  private final Map<String, List<Value>> gradients = new LinkedHashMap<>();

  /**
   * Starts to write.
   *
   * @param model the network, of opset 18
   * @param graph an editor of the model
   * @param share a float of rank 0
   */
  public LossPartWriter(OnnxModel model, GraphEditor graph, Value share) {
    this.model = model;
    this.shapes = Shapes.of(model);
    this.graph = graph;
    this.share = share;
  }

  /**
   * Writes a part.
   *
   * @throws OnnxFormatException if the network has no such value, or the value has not the axes
   *     that the part needs
   */
  public LossPort write(LossPart part) {
    Shape shape = shapeOf(part.value());
    if (part instanceof CrossEntropy entropy) {
      return crossEntropy(entropy, shape);
    }
    if (part instanceof BinaryCrossEntropy entropy) {
      return binaryCrossEntropy(entropy, shape);
    }
    if (part instanceof ElementDistance distance) {
      return distance(distance, shape);
    }
    Value outside = graph.input(part.name() + "_gradient", ElementType.FLOAT, shape);
    Value factor = factor(part, graph.scalar(1));
    receive(part.value(), graph.op("Mul", outside, factor));
    Value products = graph.op("Mul", new Value(part.value()), outside);
    return port(part, outside.name(), products, factor);
  }

  /** Returns the gradient of all parts to each value, by its name. */
  public Map<String, Value> seeds() {
    Map<String, Value> seeds = new LinkedHashMap<>();
    gradients.forEach(
        (value, parts) ->
            seeds.put(value, parts.stream().reduce((a, b) -> graph.op("Add", a, b)).orElseThrow()));
    return seeds;
  }

  private Shape shapeOf(String value) {
    if (!model.knows(value)) {
      throw new OnnxFormatException(model.name() + ": has no value '" + value + "'");
    }
    return shapes
        .of(new Value(value))
        .filter(known -> known.rank() >= 2)
        .orElseThrow(
            () ->
                new OnnxFormatException(
                    model.name()
                        + ": a loss needs a row for each image, [N, ...], and '"
                        + value
                        + "' has the shape "
                        + shapes.of(new Value(value)).map(Shape::toString).orElse("unknown")));
  }

  private LossPort crossEntropy(CrossEntropy part, Shape shape) {
    Dimension classes = shape.axis(1);
    if (shape.rank() != 2 || !classes.isFixed() || classes.size() < 2) {
      throw new OnnxFormatException(
          model.name()
              + ": cross-entropy takes logits [N, K] of two classes or more, and '"
              + part.value()
              + "' has the shape "
              + shape);
    }
    long count = classes.size();
    Value chosen =
        graph.input(part.name() + "_classes", ElementType.INT64, Shape.of(shape.axis(0)));
    Value column = graph.op("Unsqueeze", chosen, graph.list(1));
    Value all = graph.list(LongStream.range(0, count).toArray());
    Value isChosen = graph.op("Equal", column, all);
    float rest = part.smoothing() / count;
    Value wanted =
        graph.op("Where", isChosen, graph.scalar(1 - part.smoothing() + rest), graph.scalar(rest));
    Value logits = new Value(part.value());
    Value logarithms = graph.node("LogSoftmax", logits).with("axis", 1).output();
    Value probabilities = graph.node("Softmax", logits).with("axis", 1).output();
    Value factor = factor(part, graph.scalar(1));
    receive(part.value(), graph.op("Mul", graph.op("Sub", probabilities, wanted), factor));
    Value costs = graph.op("Neg", graph.op("Mul", wanted, logarithms));
    return port(part, chosen.name(), costs, factor);
  }

  /** {@code max(z, 0) - z t + log(1 + exp(-|z|))}, the form without overflow. */
  private LossPort binaryCrossEntropy(BinaryCrossEntropy part, Shape shape) {
    Value target = graph.input(part.name() + "_target", ElementType.FLOAT, shape);
    Value raw = new Value(part.value());
    Value tail = graph.op("Softplus", graph.op("Neg", graph.op("Abs", raw)));
    Value linear = graph.op("Sub", graph.op("Relu", raw), graph.op("Mul", raw, target));
    Value costs = graph.op("Add", linear, tail);
    Value slopes = graph.op("Sub", graph.op("Sigmoid", raw), target);
    if (part.balanced()) {
      Value weights = balance(target);
      costs = graph.op("Mul", costs, weights);
      slopes = graph.op("Mul", slopes, weights);
    }
    Value factor = factor(part, perElement(raw, shape));
    receive(part.value(), graph.op("Mul", slopes, factor));
    return port(part, target.name(), costs, factor);
  }

  private Value balance(Value target) {
    Value mean = graph.node("ReduceMean", target).with("keepdims", 0).output();
    Value ones = graph.op("Add", mean, graph.scalar(RAREST));
    Value zeros = graph.op("Sub", graph.scalar(1 + 2 * RAREST), ones);
    Value ofOnes = graph.op("Div", target, ones);
    Value ofZeros = graph.op("Div", graph.op("Sub", graph.scalar(1), target), zeros);
    return graph.op("Mul", graph.op("Add", ofOnes, ofZeros), graph.scalar(0.5f));
  }

  private LossPort distance(ElementDistance part, Shape shape) {
    Value value = new Value(part.value());
    Value other =
        part.other()
            .map(
                name -> {
                  shapeOf(name);
                  return new Value(name);
                })
            .orElseGet(() -> graph.input(part.name() + "_target", ElementType.FLOAT, shape));
    Value difference = graph.op("Sub", value, other);
    boolean squared = part.measure() == ElementDistance.Measure.SQUARED;
    Value costs = squared ? graph.op("Mul", difference, difference) : graph.op("Abs", difference);
    Value slopes = squared ? graph.op("Add", difference, difference) : graph.op("Sign", difference);
    Value factor = factor(part, perElement(value, shape));
    Value gradient = graph.op("Mul", slopes, factor);
    receive(part.value(), gradient);
    part.other().ifPresent(name -> receive(name, graph.op("Neg", gradient)));
    return port(part, part.other().isPresent() ? "" : other.name(), costs, factor);
  }

  private Value factor(LossPart part, Value perElement) {
    Value weighted = graph.op("Mul", share, graph.scalar(part.weight()));
    return graph.op("Mul", weighted, perElement);
  }

  /** Returns 1 over the number of elements of an example. */
  private Value perElement(Value value, Shape shape) {
    Shape rest = new Shape(shape.dimensions().subList(1, shape.rank()));
    if (rest.isFixed()) {
      return graph.scalar(1f / rest.elements());
    }
    Value sizes = graph.node("Shape", value).with("start", 1).output();
    Value count = graph.node("ReduceProd", sizes).with("keepdims", 0).output();
    Value number = graph.node("Cast", count).with("to", ElementType.FLOAT.code()).output();
    return graph.op("Reciprocal", number);
  }

  private void receive(String value, Value gradient) {
    gradients.computeIfAbsent(value, name -> new ArrayList<>()).add(gradient);
  }

  private LossPort port(LossPart part, String feed, Value costs, Value factor) {
    Value sum = graph.node("ReduceSum", costs).with("keepdims", 0).output();
    Value loss = graph.op("Unsqueeze", graph.op("Mul", sum, factor), graph.list(0));
    String output = graph.output(part.name(), loss).name();
    return new LossPort(part, feed, output);
  }
}
