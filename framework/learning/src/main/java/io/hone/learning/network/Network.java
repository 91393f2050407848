package io.hone.learning.network;

import io.hone.api.data.ImageShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers with their places: every shape is known.
 *
 * @param input shape of an input image
 * @param stages in order
 */
public record Network(ImageShape input, List<Stage> stages) {
  /** Copies the list. */
  public Network {
    stages = List.copyOf(stages);
  }

  /**
   * Returns the network that the layers make for images of a shape.
   *
   * @throws IllegalArgumentException if the images are too small for the layers
   */
  public static Network of(ImageShape input, List<Layer> layers) {
    List<Stage> stages = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    ImageShape in = input;
    for (Layer layer : layers) {
      ImageShape out = layer.outputShape(in);
      int number = counts.merge(layer.word(), 1, Integer::sum);
      stages.add(new Stage(layer.word() + number, layer, in, out));
      in = out;
    }
    return new Network(input, stages);
  }

  /** Returns the shape of the output; flat features are channels of one pixel. */
  public ImageShape output() {
    return stages.get(stages.size() - 1).out();
  }

  /** Returns all weights in the order of the layers. */
  public List<WeightSpec> weights() {
    return stages.stream().flatMap(stage -> stage.layer().weights(stage).stream()).toList();
  }

  /** Adds the network to a graph and returns its output. */
  public <V> V emit(LayerEmitter<V> emitter, V image) {
    V value = image;
    for (Stage stage : stages) {
      value = stage.layer().emit(emitter, stage, value);
    }
    return value;
  }

  /** Returns one line per layer, with the shape of its output. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add("Input " + input);
    for (Stage stage : stages) {
      lines.add(stage.layer().describe() + " -> " + stage.out());
    }
    return lines;
  }
}
