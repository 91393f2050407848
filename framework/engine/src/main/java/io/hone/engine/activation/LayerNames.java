package io.hone.engine.activation;

import io.hone.api.BadInputException;
import io.hone.api.activation.LayerChoice;
import io.hone.api.activation.NeuronLayer;
import io.hone.scenario.diagnostics.Spelling;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the layers of a network that a metric names. */
record LayerNames(String metric, String model, List<NeuronLayer> readable) {
  /** A message names a few of many layers. */
  private static final int NAMED = 12;

  /**
   * Returns the chosen layers in the order of the network.
   *
   * @throws BadInputException if a name fits no layer, or the network has no activation function
   */
  List<NeuronLayer> find(LayerChoice choice) {
    List<NeuronLayer> found = find(choice.names());
    return choice.last() ? found.subList(found.size() - 1, found.size()) : found;
  }

  private List<NeuronLayer> find(List<String> names) {
    if (names.isEmpty()) {
      return activations();
    }
    Set<NeuronLayer> found = new LinkedHashSet<>();
    names.forEach(name -> found.addAll(named(name)));
    return readable.stream().filter(found::contains).toList();
  }

  private List<NeuronLayer> activations() {
    List<NeuronLayer> found = readable.stream().filter(NeuronLayer::activation).toList();
    if (found.isEmpty()) {
      throw new BadInputException(
          "the metric %s looks at what activation functions return, and the model %s has none; name layers of it: %s"
              .formatted(metric, model, some()));
    }
    return found;
  }

  private List<NeuronLayer> named(String name) {
    Pattern pattern =
        Pattern.compile(
            Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    List<NeuronLayer> found =
        readable.stream().filter(layer -> pattern.matcher(layer.name()).matches()).toList();
    if (found.isEmpty()) {
      throw new BadInputException(
          "the metric %s names the layer '%s', which the model %s does not have%s it has %s"
              .formatted(metric, name, model, guess(name), some()));
    }
    return found;
  }

  private String guess(String name) {
    String guess = Spelling.didYouMean(name, readable.stream().map(NeuronLayer::name).toList());
    return guess.isEmpty() ? ";" : guess;
  }

  private String some() {
    String named =
        readable.stream()
            .limit(NAMED)
            .map(layer -> layer.name() + " (" + layer.operator() + ")")
            .collect(Collectors.joining(", "));
    int more = readable.size() - NAMED;
    return more > 0 ? named + " and " + more + " more; hone model layers lists them all" : named;
  }
}
