package io.hone.network;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A graph of layers with their places: every shape is known.
 *
 * @param input shape of an input image
 * @param stages each behind those that it reads; the last makes the output
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record Network(ImageShape input, List<Stage> stages) {
  /** The name of the image among the sources of a stage. */
  public static final String IMAGE = "image";

  /** Copies the list. */
  public Network {
    stages = List.copyOf(stages);
  }

  /**
   * Returns the network that the layers, one behind the other, make for images of a shape.
   *
   * @throws BadInputException if the layers cannot take such images; names the layer
   */
  public static Network of(ImageShape input, List<? extends Layer> layers) {
    return of(input, (Value image) -> image.through(layers));
  }

  /**
   * Returns the network that a function describes for images of a shape.
   *
   * @param layers makes the output of the image
   * @throws BadInputException if a layer cannot take what it reads; names the layer
   * @throws IllegalArgumentException if the output is none of this network, or a layer does not
   *     reach the output; names the layer
   */
  public static Network of(ImageShape input, UnaryOperator<Value> layers) {
    NetworkBuilder builder = new NetworkBuilder(input);
    return builder.network(layers.apply(builder.image()));
  }

  /**
   * Returns the network that the same layers make for images of another shape. It has the same
   * weights.
   *
   * @throws BadInputException if a layer cannot take what it reads, or its weights depend on the
   *     size of the images; names the layer
   */
  public Network at(ImageShape other) {
    NetworkBuilder builder = new NetworkBuilder(other);
    Map<String, Value> values = new HashMap<>();
    values.put(IMAGE, builder.image());
    for (Stage stage : stages) {
      List<Value> inputs = stage.sources().stream().map(source -> value(values, source)).toList();
      values.put(stage.name(), builder.place(stage.layer(), inputs));
    }
    Network resized = builder.network(value(values, last().name()));
    for (int i = 0; i < stages.size(); i++) {
      requireSameWeights(stages.get(i), resized.stages.get(i), other);
    }
    return resized;
  }

  private void requireSameWeights(Stage own, Stage resized, ImageShape other) {
    List<WeightSpec> before = own.layer().weights(own);
    List<WeightSpec> after = resized.layer().weights(resized);
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).shape().equals(after.get(i).shape())) {
        throw new BadInputException(
            "%s (%s) has weights of %s for images of %s, and of %s for images of %s"
                .formatted(
                    own.name(),
                    own.layer().describe(),
                    before.get(i).shape(),
                    input,
                    after.get(i).shape(),
                    other));
      }
    }
  }

  /** Returns the shape of the output; features in a row are channels of one pixel. */
  public ImageShape output() {
    return last().out();
  }

  /** Returns whether the output is a row of features, such as logits, and no image. */
  public boolean returnsFeatures() {
    return last().output().flat();
  }

  private Stage last() {
    return stages.get(stages.size() - 1);
  }

  /** Returns all weights in the order of the layers. */
  public List<WeightSpec> weights() {
    return stages.stream().flatMap(stage -> stage.layer().weights(stage).stream()).toList();
  }

  /** Adds the network to a graph and returns its output. */
  public <V> V emit(LayerEmitter<V> emitter, V image) {
    Map<String, V> values = new HashMap<>();
    values.put(IMAGE, image);
    for (Stage stage : stages) {
      List<V> inputs = stage.sources().stream().map(source -> value(values, source)).toList();
      values.put(stage.name(), stage.layer().emit(emitter, stage, inputs));
    }
    return value(values, last().name());
  }

  private static <V> V value(Map<String, V> values, String name) {
    return Objects.requireNonNull(values.get(name));
  }

  /**
   * Returns one line per layer, with the shape of its output. Where the layers are no chain, each
   * line names its layer and what the layer reads.
   */
  public List<String> describe() {
    boolean chain = isChain();
    List<String> lines = new ArrayList<>();
    lines.add("Input " + input);
    for (Stage stage : stages) {
      String layer = stage.layer().describe();
      lines.add(
          (chain
                  ? layer
                  : stage.name() + ": " + layer + " of " + String.join(", ", stage.sources()))
              + " -> "
              + stage.out());
    }
    return lines;
  }

  private boolean isChain() {
    String before = IMAGE;
    for (Stage stage : stages) {
      if (!stage.sources().equals(List.of(before))) {
        return false;
      }
      before = stage.name();
    }
    return true;
  }
}
