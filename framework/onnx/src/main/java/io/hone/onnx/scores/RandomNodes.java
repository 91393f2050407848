package io.hone.onnx.scores;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the nodes of a graph that draw random numbers on the way to an output. */
public final class RandomNodes {
  /** Where a plain Dropout takes its ratio; whether it trains comes next. */
  private static final int RATIO = 1;

  /** Likewise behind a bias and a residual. */
  private static final int RATIO_BEHIND_BIAS = 3;

  private final OnnxModel model;
  private final Set<String> found = new LinkedHashSet<>();
  private final Set<String> visitedFunctions = new HashSet<>();
  private final Map<String, ConstantTensor> constants = new HashMap<>();

  private RandomNodes(OnnxModel model) {
    this.model = model;
    constants.putAll(model.constants());
    model.nodes().forEach(this::keepConstant);
  }

  /**
   * Looks at every node between the inputs and an output, in branches and loops, and in functions
   * that the model defines.
   *
   * @return what a message calls each node that certainly draws; a Dropout draws where it is told
   *     that the model is being trained
   */
  public static List<String> of(OnnxModel model, String output) {
    RandomNodes random = new RandomNodes(model);
    Deque<String> open = new ArrayDeque<>(List.of(output));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      Optional<Node> producer = model.producer(new Value(open.remove()));
      producer.ifPresent(
          node -> {
            random.examine(node.toProto());
            node.reads().stream().filter(seen::add).forEach(open::add);
          });
    }
    return new ArrayList<>(random.found);
  }

  private void examine(NodeProto proto) {
    Node node = Node.of(proto);
    boolean standard = node.domain().isEmpty() || node.domain().equals("com.microsoft");
    if (standard && OperatorTrait.DRAWS.isOf(node.operator())) {
      found.add(node.describe());
    }
    if (standard && OperatorTrait.DROPS.isOf(node.operator()) && trains(node)) {
      found.add(node.describe() + " in training mode");
    }
    for (AttributeProto attribute : proto.getAttributeList()) {
      if (attribute.hasG()) {
        examine(attribute.getG());
      }
      attribute.getGraphsList().forEach(this::examine);
    }
    for (FunctionProto function : model.toProto().getFunctionsList()) {
      if (function.getName().equals(proto.getOpType())
          && function.getDomain().equals(proto.getDomain())
          && visitedFunctions.add(function.getDomain() + "." + function.getName())) {
        examine(function.getNodeList());
      }
    }
  }

  private void examine(GraphProto graph) {
    graph
        .getInitializerList()
        .forEach(tensor -> constants.put(tensor.getName(), ConstantTensor.of(tensor)));
    examine(graph.getNodeList());
  }

  private void examine(List<NodeProto> nodes) {
    nodes.forEach(node -> keepConstant(Node.of(node)));
    nodes.forEach(this::examine);
  }

  private void keepConstant(Node node) {
    if (node.is("Constant")) {
      node.tensor("value")
          .ifPresent(tensor -> constants.put(node.output(0).name(), ConstantTensor.of(tensor)));
    }
  }

  private boolean trains(Node node) {
    int ratio = node.operator().contains("Bias") ? RATIO_BEHIND_BIAS : RATIO;
    ConstantTensor training = constants.get(node.input(ratio + 1).name());
    ConstantTensor dropped = constants.get(node.input(ratio).name());
    return training != null
        && training.toLongs()[0] != 0
        && !(dropped != null && dropped.type().isFloating() && dropped.toFloats()[0] == 0);
  }
}
