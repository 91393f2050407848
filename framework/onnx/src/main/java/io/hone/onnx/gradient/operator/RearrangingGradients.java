package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Gradients of what moves, joins, cuts or repeats elements. */
final class RearrangingGradients {
  private RearrangingGradients() {}

  static List<OperatorGradient> all() {
    return List.of(
        OperatorGradient.of("Cast", RearrangingGradients::cast)
            .onlyIf(RearrangingGradients::castsToFloating),
        OperatorGradient.of("CastLike", RearrangingGradients::cast),
        OperatorGradient.of("CenterCropPad", RearrangingGradients::centerCropPad),
        OperatorGradient.of("Concat", RearrangingGradients::concat),
        OperatorGradient.of("DepthToSpace", RearrangingGradients::depthToSpace),
        OperatorGradient.of("Expand", step -> step.giveReduced(0, step.gradient())),
        OperatorGradient.of("Flatten", RearrangingGradients::reshape),
        OperatorGradient.of("Identity", step -> step.give(0, step.gradient())),
        OperatorGradient.of("Pad", PadGradient::differentiate),
        OperatorGradient.of("Reshape", RearrangingGradients::reshape),
        OperatorGradient.of("ReverseSequence", RearrangingGradients::reverseSequence),
        OperatorGradient.of("SpaceToDepth", RearrangingGradients::spaceToDepth),
        OperatorGradient.of("Squeeze", RearrangingGradients::reshape),
        OperatorGradient.of("Tile", RearrangingGradients::tile),
        OperatorGradient.of("Transpose", RearrangingGradients::transpose),
        OperatorGradient.of("Unsqueeze", RearrangingGradients::reshape));
  }

  private static void reshape(BackwardStep step) {
    step.give(0, step.reshapeLike(step.gradient(), step.x(0)));
  }

  private static void transpose(BackwardStep step) {
    Optional<long[]> order = step.node().integers("perm");
    if (order.isEmpty()) {
      // Without an order the axes are reversed, which is its own inverse.
      step.give(0, step.op("Transpose", step.gradient()));
      return;
    }
    long[] inverse = new long[order.get().length];
    for (int axis = 0; axis < inverse.length; axis++) {
      inverse[(int) order.get()[axis]] = axis;
    }
    step.give(0, step.graph().node("Transpose", step.gradient()).with("perm", inverse).output());
  }

  /** Puts the copies of each axis on an axis of their own, and adds along those. */
  private static void tile(BackwardStep step) {
    int rank = step.rank(step.x(0));
    Optional<Shape> shape = step.shape(step.x(0));
    Optional<long[]> repeats = step.constant(1).map(ConstantTensor::toLongs);
    List<Dimension> apart = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      apart.add(repeats.isPresent() ? Dimension.of(repeats.get()[axis]) : Dimension.UNKNOWN);
      apart.add(shape.isPresent() ? shape.get().axis(axis) : Dimension.UNKNOWN);
    }
    Shape copies = new Shape(apart);
    Value separate =
        step.reshape(step.gradient(), Optional.of(copies), () -> repeatsAndSizes(step));
    long[] axes = LongStream.range(0, rank).map(axis -> 2 * axis).toArray();
    step.give(0, step.reshapeLike(step.sumOver(separate, copies, axes), step.x(0)));
  }

  private static Value repeatsAndSizes(BackwardStep step) {
    Value repeats = step.op("Unsqueeze", step.x(1), step.list(1));
    Value sizes = step.op("Unsqueeze", step.op("Shape", step.x(0)), step.list(1));
    Value pairs = step.graph().node("Concat", repeats, sizes).with("axis", 1).output();
    return step.op("Reshape", pairs, step.list(-1));
  }

  private static boolean castsToFloating(Node node) {
    return ElementType.of((int) node.integer("to", 0)).isFloating();
  }

  /** The backward pass computes in single precision whatever the forward pass rounds to. */
  private static void cast(BackwardStep step) {
    step.give(0, step.gradient());
  }

  private static void concat(BackwardStep step) {
    int inputs = step.node().inputs().size();
    long axis = step.node().integer("axis", 0);
    long known = 0;
    Value offset = step.list(0);
    for (int i = 0; i < inputs; i++) {
      Value input = step.x(i);
      long size = step.shape(input).map(shape -> shape.axis((int) axis).size()).orElse(-1L);
      Value end;
      if (known >= 0 && size >= 0) {
        known += size;
        end = step.list(known);
      } else {
        known = -1;
        end = step.op("Add", offset, sizeAlong(step, input, axis));
      }
      if (step.wants(i)) {
        step.give(i, step.op("Slice", step.gradient(), offset, end, step.list(axis)));
      }
      offset = end;
    }
  }

  private static Value sizeAlong(BackwardStep step, Value input, long axis) {
    Optional<Shape> shape = step.shape(input);
    if (shape.isPresent() && shape.get().axis((int) axis).isFixed()) {
      return step.list(shape.get().axis((int) axis).size());
    }
    return step.op("Gather", step.op("Shape", input), step.list(axis));
  }

  /** Cutting and filling in the middle round alike, so that each undoes the other. */
  private static void centerCropPad(BackwardStep step) {
    Optional<long[]> axes = step.node().integers("axes");
    Value sizes = step.shapeOf(step.x(0));
    if (axes.isPresent()) {
      sizes = step.op("Gather", sizes, step.list(axes.get()));
    }
    step.give(0, step.graph().copy(step.node().withInputs(List.of(step.gradient(), sizes))));
  }

  private static void depthToSpace(BackwardStep step) {
    long block = step.node().integer("blocksize", 1);
    if (step.node().text("mode", "DCR").equals("DCR")) {
      step.give(
          0, step.graph().node("SpaceToDepth", step.gradient()).with("blocksize", block).output());
      return;
    }
    // In the other order a channel's block is read pixel by pixel: [N, C, H, block, W, block].
    Value height = step.sizes(step.x(0), 2, 3);
    Value width = step.sizes(step.x(0), 3, 4);
    Value apart = step.join(step.list(0, -1), height, step.list(block), width, step.list(block));
    Value rows = step.op("Reshape", step.gradient(), apart);
    Value turned =
        step.graph().node("Transpose", rows).with("perm", new long[] {0, 1, 3, 5, 2, 4}).output();
    step.give(0, step.reshapeLike(turned, step.x(0)));
  }

  private static void spaceToDepth(BackwardStep step) {
    long block = step.node().integer("blocksize", 1);
    step.give(
        0, step.graph().node("DepthToSpace", step.gradient()).with("blocksize", block).output());
  }

  private static void reverseSequence(BackwardStep step) {
    step.give(0, step.graph().copy(step.node().withInputs(List.of(step.gradient(), step.x(1)))));
  }
}
