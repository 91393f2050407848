package io.hone.onnx.canonical;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.shape.Shapes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Writes operators that ONNX Runtime made of several ones as those again, so that models which it
 * optimised can be differentiated. Those that are not known here stay.
 */
final class FusedOperators {
  private static final String DOMAIN = "com.microsoft";

  private static final Map<String, Unfolding> UNFOLDINGS =
      Map.ofEntries(
          Map.entry("Gelu", FusedActivations::gelu),
          Map.entry("FastGelu", FusedActivations::fastGelu),
          Map.entry("QuickGelu", FusedActivations::quickGelu),
          Map.entry("BiasGelu", FusedActivations::biasGelu),
          Map.entry("BiasAdd", FusedActivations::biasAdd),
          Map.entry("SkipLayerNormalization", FusedProducts::skipNormalization),
          Map.entry("FusedConv", FusedProducts::convolution),
          Map.entry("FusedGemm", FusedProducts::gemm),
          Map.entry("FusedMatMul", FusedProducts::product),
          Map.entry("TransposeMatMul", FusedProducts::product),
          Map.entry("GridSample", FusedOperators::standard),
          Map.entry("Trilu", FusedOperators::standard),
          Map.entry("QuantizeLinear", FusedOperators::standard),
          Map.entry("DequantizeLinear", FusedOperators::standard));

  private FusedOperators() {}

  /** How one operator is written in opset {@value OpsetRaiser#OPSET}. */
  @FunctionalInterface
  interface Unfolding {
    /**
     * Adds the nodes that stand for a fused one and returns the last of them; empty where its form
     * is none that can be unfolded.
     */
    Optional<Node> unfold(Node node, GraphEditor graph, Shapes shapes);
  }

  private static Optional<Node> standard(Node node, GraphEditor graph, Shapes shapes) {
    return Optional.of(node.withOperator(node.operator()));
  }

  /**
   * Returns the model with all fused operators written out that are known; the model itself where
   * there are none, else one of opset {@value OpsetRaiser#OPSET}.
   */
  static OnnxModel unfold(OnnxModel model, List<String> notes) {
    if (model.nodes().stream().noneMatch(FusedOperators::isFused)) {
      return model;
    }
    OnnxModel raised;
    try {
      raised = OpsetRaiser.raise(model);
    } catch (OpsetException e) {
      // It runs as it is; for a gradient the reason is told.
      return model;
    }
    Shapes shapes = Shapes.of(raised);
    GraphEditor graph = GraphEditor.of(raised);
    graph.setNodes(List.of());
    SortedSet<String> unfolded = new TreeSet<>();
    for (Node node : raised.nodes()) {
      Optional<Node> last =
          isFused(node)
              ? UNFOLDINGS.get(node.operator()).unfold(node, graph, shapes)
              : Optional.empty();
      last.ifPresent(known -> unfolded.add(node.operator()));
      graph.add(last.orElse(node));
    }
    if (unfolded.isEmpty()) {
      return model;
    }
    notes.add(
        "Operators that ONNX Runtime fused were written out in ONNX's own: "
            + String.join(", ", unfolded)
            + ".");
    return graph.build(model.name());
  }

  private static boolean isFused(Node node) {
    return node.domain().equals(DOMAIN) && UNFOLDINGS.containsKey(node.operator());
  }
}
