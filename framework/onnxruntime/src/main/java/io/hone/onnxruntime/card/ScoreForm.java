package io.hone.onnxruntime.card;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.Optional;

/** How a graph returns the scores of classes. */
public enum ScoreForm {
  /** {@code [N, K]}, or a shape of which nothing is known beforehand. */
  ROWS,
  /** {@code [N, K]} with further axes of size 1, such as {@code [N, K, 1, 1]}. */
  WIDE_ROWS,
  /** One image's scores without a batch, such as {@code [K]}. */
  ONE_ROW,
  /** One number per image, which tells the second of two classes. */
  BINARY;

  /**
   * Finds out how a shape holds scores.
   *
   * @param oneImage whether the graph takes exactly one image
   * @return empty if it cannot hold them
   */
  static Optional<ScoreForm> of(Optional<Shape> shape, int classes, boolean oneImage) {
    if (shape.isEmpty()) {
      return Optional.of(ROWS);
    }
    List<Dimension> axes = shape.get().dimensions();
    List<Dimension> rest = axes.isEmpty() ? axes : axes.subList(1, axes.size());
    if (rest.size() == 1 && matches(rest, classes)) {
      return Optional.of(ROWS);
    }
    if (rest.size() > 1 && matches(rest, classes)) {
      return Optional.of(WIDE_ROWS);
    }
    if (oneImage && matches(axes, classes)) {
      return Optional.of(ONE_ROW);
    }
    return classes == 2 && matches(rest, 1) ? Optional.of(BINARY) : Optional.empty();
  }

  private static boolean matches(List<Dimension> axes, int scores) {
    return AxisGrouping.match(axes, scores).isPresent();
  }

  /** Returns rows {@code [N, K]}; for {@link #BINARY} the one column {@code [N, 1]}. */
  public Value rows(GraphEditor graph, Value scores, int classes) {
    return switch (this) {
      case ROWS -> scores;
      case WIDE_ROWS -> graph.node("Flatten", scores).with("axis", 1).output();
      case ONE_ROW -> graph.op("Reshape", scores, graph.list(1, classes));
      case BINARY -> graph.op("Reshape", scores, graph.list(-1, 1));
    };
  }
}
