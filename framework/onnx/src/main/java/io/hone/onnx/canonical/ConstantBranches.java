package io.hone.onnx.canonical;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a branch in the place of an If whose condition does not depend on the images. Exporters
 * write such where a size decides, for example whether there is an axis to squeeze.
 */
final class ConstantBranches {
  private int taken;

  private ConstantBranches() {}

  /**
   * Returns the model with all branches taken that are known; the model itself where there are
   * none.
   */
  static OnnxModel take(OnnxModel model, List<String> notes) {
    if (model.nodes().stream().noneMatch(node -> node.is("If"))) {
      return model;
    }
    ConstantBranches branches = new ConstantBranches();
    OnnxModel current = model;
    int before;
    do {
      before = branches.taken;
      // What a branch writes may decide the next one.
      current = branches.takeKnown(current);
    } while (branches.taken > before);
    if (branches.taken == 0) {
      return model;
    }
    notes.add(
        branches.taken == 1
            ? "One If was replaced by its branch: the condition is the same for all images."
            : branches.taken
                + " Ifs were replaced by their branches: the conditions are the same for all"
                + " images.");
    return current;
  }

  private OnnxModel takeKnown(OnnxModel model) {
    Shapes shapes = Shapes.of(model);
    boolean none =
        model.nodes().stream()
            .noneMatch(node -> node.is("If") && condition(node, shapes).isPresent());
    if (none) {
      return model;
    }
    GraphEditor graph = GraphEditor.of(model);
    graph.setNodes(List.of());
    for (Node node : model.nodes()) {
      Optional<Boolean> condition = node.is("If") ? condition(node, shapes) : Optional.empty();
      if (condition.isPresent()) {
        add(branch(node, condition.get()), node, graph);
        taken++;
      } else {
        graph.add(node);
      }
    }
    return graph.build(model.name());
  }

  private static Optional<Boolean> condition(Node node, Shapes shapes) {
    return shapes
        .content(node.input(0))
        .filter(content -> content.isWhole() && content.count() == 1)
        .map(content -> content.integer(0) != 0);
  }

  private static GraphProto branch(Node node, boolean condition) {
    String wanted = condition ? "then_branch" : "else_branch";
    GraphProto branch =
        node.toProto().getAttributeList().stream()
            .filter(attribute -> attribute.getName().equals(wanted) && attribute.hasG())
            .map(AttributeProto::getG)
            .findFirst()
            .orElseThrow(
                () -> new OnnxFormatException("the " + node.describe() + " has no " + wanted));
    if (branch.getOutputCount() < node.outputs().size()) {
      throw new OnnxFormatException(
          "the " + node.describe() + " writes more values than its " + wanted);
    }
    return branch;
  }

  private static void add(GraphProto branch, Node node, GraphEditor graph) {
    Set<String> written = new HashSet<>();
    branch.getNodeList().forEach(inner -> written.addAll(inner.getOutputList()));
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      String inside = branch.getOutput(i).getName();
      if (written.contains(inside) && !node.output(i).isAbsent()) {
        names.putIfAbsent(inside, node.output(i).name());
      }
    }
    Renaming renaming = new Renaming(names, graph::freshName);
    for (TensorProto constant : branch.getInitializerList()) {
      Value outside = graph.constant(constant.getName(), ConstantTensor.of(constant));
      renaming.call(constant.getName(), outside.name());
    }
    renaming.learn(branch.getNodeList());
    Set<String> direct = new HashSet<>();
    for (NodeProto inner : branch.getNodeList()) {
      Node renamed = Node.of(renaming.of(inner));
      graph.add(renamed);
      direct.addAll(renamed.writes());
    }
    for (int i = 0; i < node.outputs().size(); i++) {
      Value output = node.output(i);
      // Captured from outside, a constant, or written under another output's name already.
      if (!output.isAbsent() && direct.add(output.name())) {
        Value source = new Value(renaming.of(branch.getOutput(i).getName()));
        graph.add(graph.node("Identity", source).into(List.of(output)));
      }
    }
  }
}
