package io.hone.onnx.canonical;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.opset.OpsetRaiser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts the nodes of functions that a model defines itself where the functions are called. */
final class FunctionInliner {
  /** Functions that call others twice each grow with a power of two; networks come nowhere near. */
  private static final int MOST_NODES = 100_000;

  private static final int DEEPEST = 100;

  private final OnnxModel model;
  private final Map<FunctionKey, FunctionProto> functions = new HashMap<>();
  private final Deque<FunctionKey> callers = new ArrayDeque<>();
  private final boolean raising;
  private int count;

  private FunctionInliner(OnnxModel model) {
    this.model = model;
    boolean differs = false;
    for (FunctionProto function : model.toProto().getFunctionsList()) {
      functions.put(FunctionKey.of(function), function);
      differs |= opset(function) != model.opset();
    }
    this.raising = differs;
  }

  /**
   * Returns the model without functions; the model itself where it has none. Where functions are
   * written for another opset than the model, all is raised to opset {@value OpsetRaiser#OPSET}.
   *
   * @throws OnnxFormatException if a function calls itself, or is called in a way that it is not
   *     defined
   * @throws io.hone.onnx.opset.OpsetException if a function cannot be brought to one opset
   */
  static OnnxModel inline(OnnxModel model) {
    return model.toProto().getFunctionsCount() == 0 ? model : new FunctionInliner(model).inline();
  }

  private OnnxModel inline() {
    GraphEditor graph = GraphEditor.of(model);
    graph.setNodes(List.of());
    if (raising) {
      graph.setOpset(OpsetRaiser.OPSET);
    }
    writeAll(model.nodes(), graph, model.opset());
    for (FunctionProto function : functions.values()) {
      for (OperatorSetIdProto opset : function.getOpsetImportList()) {
        if (!isOnnx(opset)) {
          graph.importOpset(opset.getDomain(), opset.getVersion());
        }
      }
    }
    graph.dropFunctions();
    return graph.build(model.name());
  }

  private void writeAll(List<Node> nodes, GraphEditor graph, int opset) {
    for (Node node : nodes) {
      if (++count > MOST_NODES) {
        throw new OnnxFormatException(
            "its functions unfold to more than " + MOST_NODES + " nodes, which no network needs");
      }
      FunctionKey key = FunctionKey.of(node.toProto());
      FunctionProto function = functions.get(key);
      if (function == null) {
        write(node, graph, opset);
      } else {
        enter(key);
        writeAll(FunctionBody.of(function, node.toProto(), graph), graph, opset(function));
        callers.removeLast();
      }
    }
  }

  private void write(Node node, GraphEditor graph, int opset) {
    Node inside =
        node.withSubgraphs(
            nodes -> {
              GraphEditor body = graph.body();
              writeAll(nodes, body, opset);
              return body.nodes();
            });
    graph.add(raising ? OpsetRaiser.raise(inside, graph, opset) : inside);
  }

  private void enter(FunctionKey key) {
    if (callers.contains(key)) {
      List<FunctionKey> chain = new ArrayList<>(callers);
      chain.add(key);
      throw new OnnxFormatException(
          "the function "
              + key
              + " calls itself ("
              + chain.subList(chain.indexOf(key), chain.size()).stream()
                  .map(FunctionKey::toString)
                  .collect(Collectors.joining(" > "))
              + "); a function of ONNX cannot");
    }
    if (callers.size() >= DEEPEST) {
      throw new OnnxFormatException("its functions call each other more than " + DEEPEST + " deep");
    }
    callers.addLast(key);
  }

  private int opset(FunctionProto function) {
    return function.getOpsetImportList().stream()
        .filter(FunctionInliner::isOnnx)
        .mapToInt(opset -> (int) Math.min(opset.getVersion(), Integer.MAX_VALUE))
        .findFirst()
        .orElse(model.opset());
  }

  private static boolean isOnnx(OperatorSetIdProto opset) {
    return opset.getDomain().isEmpty() || opset.getDomain().equals("ai.onnx");
  }
}
