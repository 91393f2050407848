package io.hone.onnx.simplify;

import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnx.opset.OpsetRaiser;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rewrites graphs and keeps what they compute at inference: constants become constants of the
 * graph, what passes its input on disappears, batch normalisation goes into the convolution before
 * it, convolutions of a few pixels become matrix products, and sums over last axes no longer depend
 * on an image's place in the batch.
 */
public final class Simplifier {
  private static final List<Pass> PASSES =
      List.of(
          new ConstantNodes(),
          new ConstantFolding(),
          new RowStableReductions(),
          new RowStableEinsum(),
          new RowStableElementwise(),
          new PassThroughNodes(),
          new FoldedBatchNormalization(),
          new PlainPoolRounding(),
          new PadsOfAllAxes(),
          new ConvolutionOfSmallPlanes());

  private Simplifier() {}

  /**
   * Returns a model to run forward, whose logits are bit for bit those of its {@link
   * #forDifferentiation differentiated} form, for any number of images but one alone.
   *
   * @return the model as it is where it cannot be brought to opset 18, or is broken inside: a
   *     runtime says what it thinks of it
   */
  public static OnnxModel forInference(OnnxModel model) {
    try {
      return forRuntimes(run(PASSES, OpsetRaiser.raise(model), Set.of()));
    } catch (OpsetException | OnnxFormatException e) {
      return model;
    }
  }

  /**
   * Returns a model of opset 18 whose gradient is cheap to compute.
   *
   * @param kept values that must still exist under their names, besides inputs and outputs
   * @throws OpsetException if the model cannot be brought to opset 18
   */
  public static OnnxModel forDifferentiation(OnnxModel model, Set<String> kept) {
    OnnxModel simple = run(PASSES, OpsetRaiser.raise(model), kept);
    return run(List.of(new PoolBeforeRelu()), simple, kept);
  }

  /** Returns a differentiated graph in a form that runtimes run as it is meant. */
  public static OnnxModel forRuntimes(OnnxModel model) {
    return run(List.of(new PlainBatchStatistics(), new PadsOfAllAxes()), model, Set.of());
  }

  private static OnnxModel run(List<Pass> passes, OnnxModel model, Set<String> kept) {
    OnnxModel current = model;
    for (Pass pass : passes) {
      Set<String> needed = new HashSet<>(kept);
      current.outputs().forEach(output -> needed.add(output.name()));
      GraphEditor editor = GraphEditor.of(current);
      try {
        pass.apply(new Uses(current, needed), editor);
      } catch (IndexOutOfBoundsException
          | NegativeArraySizeException
          | ArithmeticException
          | IllegalArgumentException e) {
        throw new OnnxFormatException(
            model.name() + ": the attributes of a node do not fit its inputs", e);
      } catch (OnnxFormatException e) {
        throw new OnnxFormatException(model.name() + ": " + e.getMessage(), e);
      }
      current = editor.build(model.name());
    }
    return current;
  }
}
