package io.hone.onnxruntime;

import io.hone.api.activation.ActivationReader;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.onnx.activation.ActivationOutputs;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import io.hone.onnx.simplify.Simplifier;
import io.hone.onnxruntime.session.Feed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The values inside a model's graph that have a row for each image. Values of the file keep their
 * names; nodes that Hone adds for layout, range and logits are among them.
 */
final class ModelActivations {
  private final ModelCard card;
  private final PreparedModel model;
  private final Placement placement;

  ModelActivations(ModelCard card, PreparedModel model, Placement placement) {
    this.card = card;
    this.model = model;
    this.placement = placement;
  }

  /** Returns all of them for images of a shape, in the order in which the graph computes them. */
  List<NeuronLayer> layers(ImageShape shape) {
    Map<String, String> operators = operators();
    Set<String> activations = ActivationOutputs.of(model.graph());
    List<NeuronLayer> layers = new ArrayList<>();
    try (ModelSession session = session(operators.keySet())) {
      session
          .rowShapes(model.images(), shape)
          .forEach(
              (name, row) -> {
                if (operators.containsKey(name) && IntStream.of(row).allMatch(size -> size > 0)) {
                  layers.add(layer(name, operators.get(name), row, activations.contains(name)));
                }
              });
    }
    return layers;
  }

  /** Returns the operators of all values of floats, in the order in which they are computed. */
  private Map<String, String> operators() {
    Shapes shapes = Shapes.of(model.graph());
    Map<String, String> operators = new LinkedHashMap<>();
    for (Node node : model.graph().nodes()) {
      for (Value value : node.outputs()) {
        if (!value.isAbsent()
            && shapes.typeOf(value).filter(ElementType.FLOAT::equals).isPresent()) {
          operators.put(value.name(), node.operator());
        }
      }
    }
    return operators;
  }

  /** The second axis of images holds channels, and so does the last axis of a list of tokens. */
  private static NeuronLayer layer(String name, String operator, int[] row, boolean activation) {
    int units = IntStream.of(row).reduce(1, Math::multiplyExact);
    boolean tokens = row.length == 2;
    int channels = row.length == 0 ? 1 : tokens ? row[1] : row[0];
    return new NeuronLayer(
        name,
        operator,
        channels,
        units / channels,
        tokens ? NeuronLayer.Order.CHANNELS_LAST : NeuronLayer.Order.CHANNELS_FIRST,
        activation);
  }

  private ModelSession session(Collection<String> values) {
    GraphEditor graph = GraphEditor.of(model.graph());
    graph.clearOutputs();
    values.forEach(name -> graph.output(new Value(name), ElementType.FLOAT, null));
    graph.prune();
    OnnxModel exposed = Simplifier.forInference(graph.build(model.graph().name()));
    return new ModelSession(card, exposed, model.images(), model.fixedBatch(), placement);
  }

  /** Opens a reader of some of them. */
  ActivationReader open(List<NeuronLayer> layers) {
    List<NeuronLayer> wanted = List.copyOf(layers);
    ModelSession session = session(wanted.stream().map(NeuronLayer::name).toList());
    return new Reader(wanted, session);
  }

  /** Reads values of a graph that has them as its outputs. */
  private final class Reader implements ActivationReader {
    private final List<NeuronLayer> layers;
    private final ModelSession session;
    private final Map<ImageShape, Map<String, int[]>> rows = new ConcurrentHashMap<>();

    Reader(List<NeuronLayer> layers, ModelSession session) {
      this.layers = layers;
      this.session = session;
    }

    @Override
    public List<Tensor> read(ImageBatch images) {
      ImageShape shape = images.pixels().imageShape();
      Map<String, int[]> shapes =
          rows.computeIfAbsent(shape, of -> session.rowShapes(model.images(), of));
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      shapes.forEach((name, row) -> outputs.put(name, rows(images.size(), row)));
      session.run(shape, images.size(), Feed.of(Map.of(model.images(), images.pixels())), outputs);
      return layers.stream()
          .map(layer -> Objects.requireNonNull(outputs.get(layer.name())))
          .map(values -> Tensor.wrap(values.buffer(), values.rows(), values.rowSize()))
          .toList();
    }

    private static Tensor rows(int count, int[] row) {
      int[] shape = IntStream.concat(IntStream.of(count), IntStream.of(row)).toArray();
      return Tensor.zeros(shape);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
