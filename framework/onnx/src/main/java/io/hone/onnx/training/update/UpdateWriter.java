package io.hone.onnx.training.update;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.training.Weight;
import io.hone.onnx.training.WeightKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes how weights follow their gradients. */
public final class UpdateWriter {
  /** As in PyTorch, so that a norm of 0 divides nothing by 0. */
  private static final float SMALLEST_NORM = 1e-6f;

  private final GraphEditor graph;
  private final UpdateRules rules;
  private final Map<String, Value> numbers = new LinkedHashMap<>();
  private final List<TensorPort> tensors = new ArrayList<>();

  /** Starts to write into a graph. */
  public UpdateWriter(GraphEditor graph, UpdateRules rules) {
    this.graph = graph;
    this.rules = rules;
    for (String number : rules.optimizer().numbers(1, 1).keySet().stream().sorted().toList()) {
      Value input = graph.input(number, ElementType.FLOAT, Shape.of(1L));
      numbers.put(number, graph.op("Squeeze", input, graph.list(0)));
    }
  }

  /**
   * Writes a step of all weights, each of which is an input of its name.
   *
   * @param weights in the order in which the step is written
   * @param gradients by the name of each weight, shaped as the weight
   */
  public UpdatePorts write(List<Weight> weights, Map<String, Value> gradients) {
    Value norm = norm(weights, gradients);
    Value scale = rules.clips() ? scale(norm) : Value.NONE;
    for (Weight weight : weights) {
      Value gradient = gradients.get(weight.name());
      write(weight, scale.isAbsent() ? gradient : graph.op("Mul", gradient, scale));
    }
    Value row = graph.op("Unsqueeze", norm, graph.list(0));
    String normOutput = graph.output("gradient_norm", row).name();
    return new UpdatePorts(rules, Map.of(), tensors, normOutput);
  }

  private Value norm(List<Weight> weights, Map<String, Value> gradients) {
    Value sum = Value.NONE;
    for (Weight weight : weights) {
      Value squares =
          graph.node("ReduceSumSquare", gradients.get(weight.name())).with("keepdims", 0).output();
      sum = sum.isAbsent() ? squares : graph.op("Add", sum, squares);
    }
    return graph.op("Sqrt", sum);
  }

  private Value scale(Value norm) {
    Value wanted =
        graph.op(
            "Div",
            graph.scalar(rules.largestNorm()),
            graph.op("Add", norm, graph.scalar(SMALLEST_NORM)));
    return graph.op("Min", wanted, graph.scalar(1));
  }

  private void write(Weight weight, Value gradient) {
    boolean decays =
        rules.decay() > 0
            && (weight.kind() == WeightKind.KERNEL || weight.kind() == WeightKind.EMBEDDING);
    Value before = new Value(weight.name());
    Value next =
        rules.optimizer() instanceof Adam adam
            ? adam(adam, weight, gradient, decays)
            : descent((GradientDescent) rules.optimizer(), weight, gradient, decays);
    add(weight, "", before, next);
  }

  private Value descent(GradientDescent rule, Weight weight, Value gradient, boolean decays) {
    Value before = new Value(weight.name());
    Value slope = decays ? decayed(gradient, before) : gradient;
    Value direction = slope;
    if (rule.momentum() > 0) {
      Value velocity = state(weight, GradientDescent.VELOCITY);
      Value kept = graph.op("Mul", velocity, graph.scalar(rule.momentum()));
      Value moved = add(weight, GradientDescent.VELOCITY, velocity, graph.op("Add", kept, slope));
      direction =
          rule.nesterov()
              ? graph.op("Add", slope, graph.op("Mul", moved, graph.scalar(rule.momentum())))
              : moved;
    }
    Value rate = numbers.get(GradientDescent.RATE);
    return graph.op("Sub", before, graph.op("Mul", direction, rate));
  }

  private Value adam(Adam rule, Weight weight, Value gradient, boolean decays) {
    Value before = new Value(weight.name());
    Value slope = decays && !rule.decoupled() ? decayed(gradient, before) : gradient;
    Value mean = moving(weight, Adam.MEAN, rule.beta1(), slope);
    Value square = moving(weight, Adam.SQUARE, rule.beta2(), graph.op("Mul", slope, slope));
    Value root = graph.op("Mul", graph.op("Sqrt", square), numbers.get(Adam.CORRECTION));
    Value direction = graph.op("Div", mean, graph.op("Add", root, graph.scalar(rule.epsilon())));
    Value kept = before;
    if (decays && rule.decoupled()) {
      Value share = graph.op("Mul", numbers.get(GradientDescent.RATE), graph.scalar(rules.decay()));
      kept = graph.op("Mul", before, graph.op("Sub", graph.scalar(1), share));
    }
    return graph.op("Sub", kept, graph.op("Mul", direction, numbers.get(Adam.STEP_SIZE)));
  }

  private Value decayed(Value gradient, Value weight) {
    return graph.op("Add", gradient, graph.op("Mul", weight, graph.scalar(rules.decay())));
  }

  /** Moves a mean toward a value, and returns where it is then. */
  private Value moving(Weight weight, String name, float kept, Value toward) {
    Value before = state(weight, name);
    Value next =
        graph.op(
            "Add",
            graph.op("Mul", before, graph.scalar(kept)),
            graph.op("Mul", toward, graph.scalar(1 - kept)));
    return add(weight, name, before, next);
  }

  private Value state(Weight weight, String name) {
    return graph.input(weight.name() + "." + name, ElementType.FLOAT, weight.shape());
  }

  /** Makes a tensor's next form an output, and returns it under the output's name. */
  private Value add(Weight weight, String state, Value before, Value next) {
    Value output = graph.output(before.name() + ".next", next);
    tensors.add(new TensorPort(weight.name(), state, weight.shape(), before.name(), output.name()));
    return output;
  }
}
