package io.hone.onnx.support.interpreter;

import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Evaluates models of opset 9 to 21 in double precision, one plain loop per operator: what a
 * gradient is compared with, because no runtime has convolutions in double. Images have two spatial
 * axes.
 */
public final class Interpreter {
  private static final Map<String, Operator> OPERATORS = new HashMap<>();

  static {
    Stream.of(
            ElementwiseOperators.all(),
            ArithmeticOperators.all(),
            ConvolutionOperators.all(),
            PoolingOperators.all(),
            ProductOperators.all(),
            NormalizationOperators.all(),
            ReductionOperators.all(),
            RearrangingOperators.all(),
            SelectingOperators.all(),
            ResizeOperators.all(),
            ShapeOperators.all())
        .forEach(OPERATORS::putAll);
  }

  private final OnnxModel model;
  private final Map<String, DoubleTensor> constants = new HashMap<>();

  /** Prepares a model. */
  public Interpreter(OnnxModel model) {
    this.model = model;
    model.constants().forEach((name, tensor) -> constants.put(name, DoubleTensor.of(tensor)));
  }

  /** Runs a model of one input; returns its outputs by name. */
  public Map<String, DoubleTensor> run(DoubleTensor input) {
    return run(Map.of(model.inputs().get(0).name(), input));
  }

  /** Returns the model's outputs by name. */
  public Map<String, DoubleTensor> run(Map<String, DoubleTensor> inputs) {
    Map<String, DoubleTensor> values = new HashMap<>(constants);
    values.putAll(inputs);
    for (Node node : model.nodes()) {
      List<DoubleTensor> results = apply(node, values);
      for (int i = 0; i < Math.min(results.size(), node.outputs().size()); i++) {
        values.put(node.output(i).name(), results.get(i));
      }
    }
    Map<String, DoubleTensor> outputs = new LinkedHashMap<>();
    for (TensorInfo output : model.outputs()) {
      outputs.put(output.name(), values.get(output.name()));
    }
    return outputs;
  }

  private List<DoubleTensor> apply(Node node, Map<String, DoubleTensor> values) {
    Operator operator = node.domain().isEmpty() ? OPERATORS.get(node.operator()) : null;
    if (operator == null) {
      throw new UnsupportedOperationException("the interpreter has no " + node.describe());
    }
    List<DoubleTensor> inputs = new ArrayList<>();
    for (Value input : node.inputs()) {
      inputs.add(input.isAbsent() ? null : values.get(input.name()));
    }
    try {
      return operator.apply(new Application(node, model.opset(), inputs));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("the " + node.describe() + " cannot be evaluated", e);
    }
  }
}
