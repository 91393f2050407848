package io.hone.onnx.batchaxis;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.shape.Shapes;
import io.hone.onnx.simplify.ConstantFolding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rewrites a model with a frozen batch axis so that the axis is free. */
final class BatchLiberation {
  private BatchLiberation() {}

  /**
   * Returns the freed model.
   *
   * @throws BatchObstacle if some node does not allow it
   */
  static OnnxModel free(OnnxModel model, TensorInfo images, String output) {
    // With the frozen number every size is known, and the arithmetic on sizes disappears.
    OnnxModel simple = ConstantFolding.fold(OpsetRaiser.raise(model));
    BatchFlow flow = BatchFlow.of(simple, images);
    flow.follow(output);
    Rows rows = flow.rows(new Value(output)).orElse(null);
    if (rows == null) {
      throw new BatchObstacle("the output '" + output + "' does not depend on the image", false);
    }
    if (!rows.equals(Rows.plain(0))) {
      throw new BatchObstacle(
          "the images are not along the first axis of the output '" + output + "'", false);
    }
    GraphEditor graph = flow.rewritten();
    Dimension free = Dimension.named(freshName(simple));
    graph.replaceInputs(
        input ->
            input.name().equals(images.name())
                ? input.withShape(input.shape().orElseThrow().with(0, free))
                : input);
    List<TensorInfo> freed = new ArrayList<>();
    for (TensorInfo declared : graph.outputs()) {
      if (flow.rows(new Value(declared.name())).equals(Optional.of(Rows.plain(0)))) {
        freed.add(
            declared.shape().isPresent()
                ? declared.withShape(declared.shape().get().with(0, free))
                : declared);
      }
    }
    graph.clearOutputs();
    freed.forEach(
        info -> graph.output(new Value(info.name()), info.type(), info.shape().orElse(null)));
    graph.prune();
    OnnxModel result = graph.build(model.name());
    check(result, output, free);
    return result;
  }

  /** What the shapes of the freed graph tell must not contradict what was followed. */
  private static void check(OnnxModel freed, String output, Dimension batch) {
    Optional<Shape> shape = Shapes.of(freed).of(new Value(output));
    if (shape.isPresent() && shape.get().rank() > 0) {
      Dimension first = shape.get().axis(0);
      if (first.isFixed() || (first instanceof Dimension.Symbolic && !first.equals(batch))) {
        throw new BatchObstacle(
            "the output '" + output + "' keeps the shape " + shape.get() + " for any batch", false);
      }
    }
  }

  private static String freshName(OnnxModel model) {
    Set<String> taken = new HashSet<>();
    for (TensorInfo input : model.inputs()) {
      input
          .shape()
          .ifPresent(shape -> shape.dimensions().forEach(axis -> taken.add(axis.toString())));
    }
    String name = "N";
    while (taken.contains(name)) {
      name += "_images";
    }
    return name;
  }
}
