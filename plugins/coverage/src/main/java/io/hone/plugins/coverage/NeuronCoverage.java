package io.hone.plugins.coverage;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.activation.LayerChoice;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.run.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;

/**
 * Coverage of the model under test by the images of each step: neuron coverage, top-k neuron
 * coverage and top-k neuron patterns.
 *
 * <p>Coverage tells how different the states are that images bring a network into. It is no measure
 * of quality, and more of it does not mean a better test.
 */
@Named(
    id = "coverage",
    summary = "Measures which neurons of the model a step's images activate.",
    references = "Pei et al. 2017 (DeepXplore); Ma et al. 2018 (DeepGauge)",
    example = "{thresholds: [0, 0.5], top: [1]}")
@Extension
public final class NeuronCoverage implements Metric<NeuronCoverage.Params> {
  /** What counts as a neuron, and as covered. */
  public record Params(
      @Param(
              value =
                  "Values inside the network whose numbers are neurons, by their names in the model"
                      + " file; * stands for any letters. Empty for what all activation functions"
                      + " return.",
              def = "[]")
          List<String> layers,
      @Param(
              value =
                  "What a neuron of a convolution is: the mean of a channel, or each number of it.",
              def = "channel-mean")
          Neurons neuron,
      @Param(
              value =
                  "Whether the numbers of each layer are brought to [0, 1] for each image before"
                      + " they are compared with the thresholds.",
              def = "true")
          boolean scaled,
      @Param(
              value =
                  "A neuron is covered where its answer to some image is above: a share for each.",
              def = "[0, 0.25, 0.5, 0.75]",
              min = 0)
          List<Double> thresholds,
      @Param(
              value =
                  "How many of the neurons of a layer that answer most to an image are its top: a"
                      + " share and a number of patterns for each.",
              def = "[1, 2, 3]",
              min = 1)
          List<Integer> top) {
    /** Copies the lists, and refuses a number that is given twice. */
    public Params {
      layers = List.copyOf(layers);
      thresholds = List.copyOf(thresholds);
      top = List.copyOf(top);
      refuseTwice("thresholds", thresholds);
      refuseTwice("top", top);
    }

    private static void refuseTwice(String key, List<?> values) {
      if (new HashSet<>(values).size() < values.size()) {
        throw new IllegalArgumentException(
            "'%s' has a number twice: %s; leave one of them out".formatted(key, values));
      }
    }
  }

  @Override
  public Optional<LayerChoice> layers(Params parameters) {
    return Optional.of(new LayerChoice(parameters.layers()));
  }

  @Override
  public Accumulator start(Params parameters, Setting setting) {
    List<NeuronLayer> layers = setting.layers();
    int neurons = layers.stream().mapToInt(parameters.neuron()::count).sum();
    List<Criterion> criteria =
        List.of(
            new ThresholdCoverage(parameters.scaled(), parameters.thresholds()),
            new TopNeuronCoverage(parameters.top()));
    return new CoverageAccumulator(
        layers, parameters.neuron(), () -> new CoveredStates(neurons, criteria, parameters.top()));
  }
}
