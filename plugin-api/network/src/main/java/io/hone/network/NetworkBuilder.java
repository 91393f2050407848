package io.hone.network;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts layers into a network, in the order in which {@link Value} is told of them. */
final class NetworkBuilder {
  private final ImageShape input;
  private final List<Stage> stages = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  NetworkBuilder(ImageShape input) {
    this.input = input;
  }

  Value image() {
    return new Value(this, Network.IMAGE, Form.image(input));
  }

  Value place(Layer layer, List<Value> inputs) {
    String name = layer.word() + counts.merge(layer.word(), 1, Integer::sum);
    Form form;
    try {
      if (inputs.stream().anyMatch(value -> value.builder() != this)) {
        throw new IllegalArgumentException(
            "takes values of one network; build it of its own image");
      }
      form = layer.form(inputs.stream().map(Value::form).toList());
    } catch (IllegalArgumentException e) {
      throw new BadInputException(name + " (" + layer.describe() + ") " + e.getMessage(), e);
    }
    List<String> sources = inputs.stream().map(Value::name).toList();
    stages.add(new Stage(name, layer, sources, inputs.stream().map(Value::form).toList(), form));
    return new Value(this, name, form);
  }

  /**
   * Returns the network that makes a value.
   *
   * @throws IllegalArgumentException if a layer does not take part, or there is none
   */
  Network network(@Nullable Value output) {
    if (output == null || output.builder() != this || stages.isEmpty()) {
      throw new IllegalArgumentException(
          "a network returns what a layer makes of its image; put at least one layer behind it");
    }
    Set<String> read = new HashSet<>();
    read.add(output.name());
    stages.forEach(stage -> read.addAll(stage.sources()));
    for (Stage stage : stages) {
      if (!read.contains(stage.name())) {
        throw new IllegalArgumentException(
            stage.name()
                + " ("
                + stage.layer().describe()
                + ") does not reach the output "
                + output.name()
                + "; leave it out, or read it");
      }
    }
    return new Network(input, stages);
  }
}
