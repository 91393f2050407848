package io.hone.onnxruntime.card;

import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model as its file has it behind a Cast, because ONNX Runtime's Java interface cannot feed the
 * type of its input.
 *
 * @param model as the file has it, but for the Cast
 * @param input of the Cast, which takes INT64
 */
public record CastInput(OnnxModel model, String input) {
  private static final Set<ElementType> NOT_FED =
      Set.of(ElementType.UINT16, ElementType.UINT32, ElementType.UINT64);

  /** Returns a file's model behind a Cast; empty where Java can feed the file itself. */
  public static Optional<CastInput> of(OnnxFile file, String images) {
    return Optional.ofNullable(file.canonical().integerInputs().get(images))
        .filter(NOT_FED::contains)
        .map(type -> of(OnnxModel.read(file.path()), images, type));
  }

  private static CastInput of(OnnxModel model, String images, ElementType type) {
    GraphEditor graph = GraphEditor.of(model);
    String fed = graph.freshName(images);
    graph.replaceInputs(
        input ->
            input.name().equals(images)
                ? new TensorInfo(fed, ElementType.INT64, input.shape())
                : input);
    List<Node> network = graph.nodes();
    graph.setNodes(List.of());
    // The name of the images stays where nodes, and the graphs inside of them, read it.
    graph.add(
        graph
            .node("Cast", new Value(fed))
            .with("to", (long) type.code())
            .into(List.of(new Value(images))));
    network.forEach(graph::add);
    return new CastInput(graph.build(model.name()), fed);
  }
}
