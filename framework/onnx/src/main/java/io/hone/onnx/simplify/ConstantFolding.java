package io.hone.onnx.simplify;

import io.hone.onnx.folding.Content;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns what is the same in every run into constants: shape arithmetic whose sizes are known,
 * masks, grids, tables of indices, conditions. What fails, what is random, what a runtime may round
 * differently and what would make the model much larger stays a node.
 */
public final class ConstantFolding implements Pass {
  /** Up to here a constant is not larger than the nodes that computed it. */
  private static final int SMALL = 1024;

  /** The most elements that larger constants may add to a model, all together. */
  private static final long BUDGET = 1 << 20;

  ConstantFolding() {}

  /**
   * Folds a model of any opset from 7 on; the model keeps its opset, its inputs and outputs, and
   * the names of all values that are left.
   */
  public static OnnxModel fold(OnnxModel model) {
    Set<String> outputs = new HashSet<>();
    model.outputs().forEach(output -> outputs.add(output.name()));
    GraphEditor graph = GraphEditor.of(model);
    new ConstantFolding().apply(new Uses(model, outputs), graph);
    return graph.build(model.name());
  }

  @Override
  public void apply(Uses uses, GraphEditor graph) {
    Shapes shapes = Shapes.of(uses.model());
    Map<String, Content> folded = new HashMap<>();
    Set<String> read = new HashSet<>();
    Deque<Node> kept = new ArrayDeque<>();
    long budget = BUDGET;
    List<Node> nodes = graph.nodes();
    // From the last node on, so that it is known whether a reader is still there.
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      Map<String, Content> constants = new HashMap<>();
      boolean stays = false;
      long added = 0;
      for (String output : node.writes()) {
        Value value = new Value(output);
        if (!read.contains(output) && !uses.isKept(value)) {
          continue;
        }
        Optional<Content> content = shapes.content(value);
        if (content.isEmpty() || uses.isWanted(value)) {
          stays = true;
          break;
        }
        constants.put(output, content.get());
        added += content.get().count() > SMALL ? content.get().count() : 0;
        stays |= added > budget || isUniform(content.get());
      }
      if (stays) {
        kept.addFirst(node);
        read.addAll(node.reads());
      } else {
        folded.putAll(constants);
        budget -= added;
      }
    }
    graph.setNodes(List.copyOf(kept));
    folded.forEach((name, content) -> graph.define(new Value(name), content.toConstant()));
  }

  /** A large tensor of one number is best left to be made where it is needed. */
  private static boolean isUniform(Content content) {
    if (content.count() <= SMALL) {
      return false;
    }
    for (int i = 1; i < content.count(); i++) {
      if (content.number(i) != content.number(0)) {
        return false;
      }
    }
    return true;
  }
}
