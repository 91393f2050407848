package io.hone.onnx.simplify;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.List;
import java.util.Optional;

/**
 * Writes a convolution as a matrix product where its kernel has at least as many pixels as the
 * image. A padded 3 x 3 kernel on 2 x 2 pixels multiplies mostly zeros, and a runtime computes each
 * image of a batch apart; the product does neither.
 */
final class ConvolutionOfSmallPlanes implements Pass {
  /** 32 MB: a matrix has an entry for each pair of an input pixel and an output pixel. */
  private static final long LARGEST = 1L << 23;

  @Override
  public void apply(Uses uses, GraphEditor graph) {
    if (graph.nodes().stream().noneMatch(node -> node.is("Conv"))) {
      return;
    }
    Shapes shapes = Shapes.of(uses.model());
    List<Node> nodes = graph.nodes();
    graph.setNodes(List.of());
    for (Node node : nodes) {
      Optional<PlaneWindow> window =
          node.is("Conv") ? fitting(node, shapes, graph) : Optional.empty();
      graph.add(window.isPresent() ? product(node, window.get(), graph) : node);
    }
  }

  private static Optional<PlaneWindow> fitting(Node node, Shapes shapes, GraphEditor graph) {
    ConstantTensor kernel = graph.constantOf(node.input(1));
    Optional<Shape> image = shapes.of(node.input(0));
    Optional<Shape> result = shapes.of(node.output(0));
    if (!isFloat(kernel)
        || !(node.input(2).isAbsent() || isFloat(graph.constantOf(node.input(2))))
        || node.integer("group", 1) != 1
        || kernel.shape().rank() != 4
        || !hasKnownPlanes(image)
        || !hasKnownPlanes(result)) {
      return Optional.empty();
    }
    PlaneWindow window = PlaneWindow.of(node, kernel.shape(), image.get(), result.get());
    boolean fits =
        window.channelsIn() == image.get().axis(1).size()
            && window.imagePixels() <= window.kernelPixels()
            && window.matrixElements() <= LARGEST;
    return fits ? Optional.of(window) : Optional.empty();
  }

  private static boolean isFloat(ConstantTensor tensor) {
    return tensor != null && tensor.type() == ElementType.FLOAT && !tensor.isExternal();
  }

  private static boolean hasKnownPlanes(Optional<Shape> shape) {
    return shape.isPresent()
        && shape.get().rank() == 4
        && shape.get().dimensions().stream().skip(1).allMatch(Dimension::isFixed);
  }

  private static Node product(Node node, PlaneWindow window, GraphEditor graph) {
    ConstantTensor kernel = graph.constantOf(node.input(1));
    String name = node.input(1).name();
    Value matrix =
        graph.constant(
            name + "_matrix",
            ConstantTensor.floats(
                window.matrix(kernel.toFloats()), window.imageRow(), window.resultRow()));
    Value rows = graph.node("Flatten", node.input(0)).with("axis", 1).output();
    Value product =
        node.input(2).isAbsent()
            ? graph.op("Gemm", rows, matrix)
            : graph.op("Gemm", rows, matrix, bias(node, window, graph));
    return graph.node("Reshape", product, graph.list(window.resultShape())).into(node.outputs());
  }

  private static Value bias(Node node, PlaneWindow window, GraphEditor graph) {
    float[] ofChannels = graph.constantOf(node.input(2)).toFloats();
    return graph.constant(
        node.input(1).name() + "_bias_of_pixels",
        ConstantTensor.floats(window.repeated(ofChannels), window.resultRow()));
  }
}
