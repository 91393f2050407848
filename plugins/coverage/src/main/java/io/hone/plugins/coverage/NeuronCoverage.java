package io.hone.plugins.coverage;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.activation.ActivationProfile;
import io.hone.api.activation.LayerChoice;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.run.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pf4j.Extension;

/**
 * Coverage of the model under test by the images of each step, by the criteria of DeepXplore and
 * DeepGauge.
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
                  "What is measured; kmnc, nbc and snac compare with the range of each neuron over"
                      + " the images of the scenario's `profile`.",
              def = "[nc, tknc, tknp]")
          List<CoverageCriterion> criteria,
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
          List<Integer> top,
      @Param(
              value = "Into how many sections kmnc divides the range of each neuron.",
              def = "1000",
              min = 1)
          int sections) {
    /** Copies the lists, and refuses what is given twice. */
    public Params {
      layers = List.copyOf(layers);
      criteria = List.copyOf(criteria);
      refuseTwice("criteria", criteria);
      thresholds = List.copyOf(thresholds);
      top = List.copyOf(top);
      refuseTwice("thresholds", thresholds);
      refuseTwice("top", top);
    }

    private static void refuseTwice(String key, List<?> values) {
      if (new HashSet<>(values).size() < values.size()) {
        throw new IllegalArgumentException(
            "'%s' says something twice: %s; leave one of them out".formatted(key, values));
      }
    }
  }

  @Override
  public Optional<LayerChoice> layers(Params parameters) {
    return Optional.of(new LayerChoice(parameters.layers()));
  }

  @Override
  public ActivationProfile profile(Params parameters, Setting setting) {
    if (!CoverageCriterion.needRanges(parameters.criteria())) {
      return ActivationProfile.NONE;
    }
    if (parameters.criteria().contains(CoverageCriterion.KMNC)) {
      SectionCoverage.check(
          count(parameters.neuron(), setting.layers()),
          count(Neurons.CHANNEL_MEAN, setting.layers()),
          parameters.sections(),
          Runtime.getRuntime().maxMemory());
    }
    return new NeuronRanges(setting.layers(), parameters.neuron());
  }

  private static long count(Neurons neurons, List<NeuronLayer> layers) {
    return layers.stream().mapToLong(neurons::count).sum();
  }

  @Override
  public Accumulator start(Params parameters, Setting setting) {
    return start(parameters, setting, profile(parameters, setting));
  }

  @Override
  public Accumulator start(Params parameters, Setting setting, ActivationProfile profile) {
    List<NeuronLayer> layers = setting.layers();
    int neurons = Math.toIntExact(count(parameters.neuron(), layers));
    Map<String, Double> known = new TreeMap<>();
    known.put("layers", (double) layers.size());
    known.put("neurons", (double) neurons);
    if (profile instanceof NeuronRanges ranges) {
      known.put("profile.images", (double) ranges.images());
    }
    List<Criterion> criteria =
        parameters.criteria().stream()
            .flatMap(name -> criterion(name, parameters, profile).stream())
            .toList();
    List<Integer> patterns =
        parameters.criteria().contains(CoverageCriterion.TKNP) ? parameters.top() : List.of();
    return new CoverageAccumulator(
        layers, parameters.neuron(), known, () -> new CoveredStates(neurons, criteria, patterns));
  }

  /** Patterns are no set of states that are known beforehand. */
  private static Optional<Criterion> criterion(
      CoverageCriterion name, Params parameters, ActivationProfile profile) {
    return switch (name) {
      case NC -> Optional.of(new ThresholdCoverage(parameters.scaled(), parameters.thresholds()));
      case KMNC -> Optional.of(new SectionCoverage((NeuronRanges) profile, parameters.sections()));
      case NBC -> Optional.of(new BoundaryCoverage((NeuronRanges) profile));
      case SNAC -> Optional.of(new StrongCoverage((NeuronRanges) profile));
      case TKNC -> Optional.of(new TopNeuronCoverage(parameters.top()));
      case TKNP -> Optional.empty();
    };
  }
}
