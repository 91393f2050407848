package io.hone.cli.model;

import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import java.util.Locale;

/** Inputs and outputs of graphs, as a user reads them. */
final class Ports {
  private Ports() {}

  /** Returns name, type and shape, such as {@code image float [N, 3, 224, 224]}. */
  static String text(TensorInfo port) {
    return port.name()
        + " "
        + port.type().name().toLowerCase(Locale.ROOT)
        + port.shape().map(Shape::toString).map(shape -> " " + shape).orElse("");
  }
}
