package io.hone.onnx.gradient.operator;

import io.hone.onnx.gradient.rule.BackwardStep;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradient of GridSample to its image and to its grid, as spatial transformers need both. Every
 * place of the grid reads a few pixels with weights: the image receives along the same pixels, and
 * the grid what the weights' slopes make of them.
 */
final class GridSampleGradient {
  private final BackwardStep step;
  private final Value gradient;
  private final List<GridAxis.Tap> rows;
  private final List<GridAxis.Tap> columns;

  private GridSampleGradient(BackwardStep step) {
    if (step.rank(step.x(0)) != 4) {
      throw step.refuse("it samples volumes, and only images of two axes are covered");
    }
    this.step = step;
    this.gradient = step.op("Reshape", step.gradient(), step.list(0, 0, -1));
    Value places = step.op("Reshape", step.x(1), step.list(0, -1, 2));
    GridAxis width = new GridAxis(step, along(places, 0), 3);
    GridAxis height = new GridAxis(step, along(places, 1), 2);
    switch (step.node().text("mode", "bilinear")) {
      case "bilinear" -> {
        rows = height.linear();
        columns = width.linear();
      }
      case "nearest" -> {
        rows = height.nearest();
        columns = width.nearest();
      }
      default -> {
        rows = height.cubic();
        columns = width.cubic();
      }
    }
  }

  static void differentiate(BackwardStep step) {
    GridSampleGradient sample = new GridSampleGradient(step);
    if (step.wants(0)) {
      step.give(0, sample.toImage());
    }
    if (step.wants(1)) {
      step.give(1, sample.toGrid());
    }
  }

  /** Returns one coordinate of all places, [images, 1, places]. */
  private Value along(Value places, int coordinate) {
    Value column =
        step.op("Slice", places, step.list(coordinate), step.list(coordinate + 1), step.list(2));
    return step.op("Reshape", column, step.list(0, 1, -1));
  }

  private Value toImage() {
    List<Value> places = new ArrayList<>();
    List<Value> updates = new ArrayList<>();
    for (GridAxis.Tap row : rows) {
      for (GridAxis.Tap column : columns) {
        places.add(pixels(row, column));
        updates.add(step.mul(gradient, step.mul(row.weight(), column.weight())));
      }
    }
    Value flat = step.op("Reshape", step.x(0), step.list(0, 0, -1));
    Value sum =
        step.graph()
            .node(
                "ScatterElements",
                step.zeros(step.op("Shape", flat)),
                joined(places),
                joined(updates))
            .with("axis", 2)
            .with("reduction", "add")
            .output();
    return step.reshapeLike(sum, step.x(0));
  }

  private Value toGrid() {
    Value flat = step.op("Reshape", step.x(0), step.list(0, 0, -1));
    List<Value> horizontal = new ArrayList<>();
    List<Value> vertical = new ArrayList<>();
    for (GridAxis.Tap row : rows) {
      for (GridAxis.Tap column : columns) {
        Value read =
            step.graph().node("GatherElements", flat, pixels(row, column)).with("axis", 2).output();
        Value heard = step.op("ReduceSum", step.mul(read, gradient), step.list(1));
        horizontal.add(step.mul(heard, step.mul(row.weight(), column.slope())));
        vertical.add(step.mul(heard, step.mul(row.slope(), column.weight())));
      }
    }
    Value both =
        step.graph().node("Concat", sum(horizontal), sum(vertical)).with("axis", 1).output();
    Value turned = step.graph().node("Transpose", both).with("perm", new long[] {0, 2, 1}).output();
    return step.reshapeLike(turned, step.x(1));
  }

  private Value sum(List<Value> parts) {
    return step.op("Sum", parts.toArray(Value[]::new));
  }

  private Value joined(List<Value> parts) {
    return step.graph().node("Concat", parts.toArray(Value[]::new)).with("axis", 2).output();
  }

  /** Returns the number of the pixel that each place reads, for every channel. */
  private Value pixels(GridAxis.Tap row, GridAxis.Tap column) {
    Value width = step.sizes(step.x(0), 3, 4);
    Value number =
        step.op("Add", step.op("Mul", integers(row.index()), width), integers(column.index()));
    return step.op("Expand", number, step.op("Shape", gradient));
  }

  private Value integers(Value index) {
    return step.graph().node("Cast", index).with("to", ElementType.INT64.code()).output();
  }
}
