package io.hone.onnx.simplify;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs all passes over a model of opset 18: constants become constants of the graph, what passes
 * its input on disappears, batch normalisation goes into the convolution before it, pooling goes
 * before Relu, and sums over last axes no longer depend on an image's place in the batch.
 */
public final class Simplifier {
  private static final List<Pass> PASSES =
      List.of(
          new ConstantNodes(),
          new RowStableReductions(),
          new PassThroughNodes(),
          new FoldedBatchNormalization(),
          new PlainPoolRounding(),
          new PoolBeforeRelu());

  private Simplifier() {}

  /**
   * Returns a model that computes the same.
   *
   * @param kept values that must still exist under their names, besides inputs and outputs
   */
  public static OnnxModel simplify(OnnxModel model, Set<String> kept) {
    OnnxModel current = model;
    for (Pass pass : PASSES) {
      Set<String> needed = new HashSet<>(kept);
      current.outputs().forEach(output -> needed.add(output.name()));
      GraphEditor editor = GraphEditor.of(current);
      pass.apply(new Uses(current, needed), editor);
      current = editor.build(model.name());
    }
    return current;
  }
}
