package io.hone.plugins.coverage.surprise;

import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.activation.ActivationProfile;
import io.hone.api.activation.LayerChoice;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.run.Setting;
import io.hone.plugins.coverage.Neurons;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pf4j.Extension;

/**
 * Surprise adequacy: how far what the neurons of a layer answer is from what they answer to
 * ordinary images of the class that the model sees.
 */
@Named(
    id = "surprise",
    summary = "Measures how much a step's images surprise the model.",
    references = "Kim et al. 2019 (SADL)",
    example = "{adequacy: [dsa]}")
@Extension
public final class Surprise implements Metric<Surprise.Params> {
  /** The covariances of all classes may take this share of Java's memory. */
  private static final int SHARE_OF_MEMORY = 16;

  /** What is measured, and where. */
  public record Params(
      @Param(
              value =
                  "Values inside the network whose numbers are neurons, by their names in the model"
                      + " file; * stands for any letters. Empty for what the last activation"
                      + " function returns.",
              def = "[]")
          List<String> layers,
      @Param(
              value =
                  "What a neuron of a convolution is: the mean of a channel, or each number of it.",
              def = "channel-mean")
          Neurons neuron,
      @Param(value = "How surprise is measured.", def = "[lsa, dsa]") List<Adequacy> adequacy,
      @Param(
              value =
                  "Neurons that vary less than this within some class are left out of lsa, for all"
                      + " classes.",
              def = "0.00001",
              min = 0)
          double variance,
      @Param(
              value = "Into how many buckets coverage divides the degrees of surprise.",
              def = "1000",
              min = 1)
          int buckets,
      @Param(value = "The end of the last bucket of lsa.", def = "2000", min = 1e-30)
          double lsaUpper,
      @Param(value = "The end of the last bucket of dsa.", def = "2", min = 1e-30)
          double dsaUpper) {
    /** Copies the lists. */
    public Params {
      layers = List.copyOf(layers);
      adequacy = List.copyOf(adequacy);
    }
  }

  /**
   * Returns whether the model under test classified the step's images: their class says which
   * ordinary images they are compared with.
   */
  @Override
  public boolean measures(StepKind kind) {
    return !kind.has(Trait.RECLASSIFIES);
  }

  @Override
  public Optional<LayerChoice> layers(Params parameters) {
    return Optional.of(
        parameters.layers().isEmpty()
            ? LayerChoice.LAST_ACTIVATION
            : new LayerChoice(parameters.layers()));
  }

  @Override
  public ActivationProfile profile(Params parameters, Setting setting) {
    long memory = Runtime.getRuntime().maxMemory();
    ActivationTraces traces =
        new ActivationTraces(setting.layers(), parameters.neuron(), parameters.variance(), memory);
    long bytes = (long) traces.length() * traces.length() * Double.BYTES * setting.classes();
    if (parameters.adequacy().contains(Adequacy.LSA) && bytes > memory / SHARE_OF_MEMORY) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "lsa needs the covariance of %,d neurons for each of %,d classes, %,d MB and more than memory allows; take neuron: channel-mean, name a smaller layer, or measure dsa alone",
              traces.length(),
              setting.classes(),
              bytes >> 20));
    }
    return traces;
  }

  @Override
  public Accumulator start(Params parameters, Setting setting) {
    return start(parameters, setting, profile(parameters, setting));
  }

  @Override
  public Accumulator start(Params parameters, Setting setting, ActivationProfile profile) {
    ActivationTraces traces = (ActivationTraces) profile;
    OrdinaryTraces ordinary = traces.ordinary();
    Map<String, Double> known = new TreeMap<>();
    known.put("layers", (double) setting.layers().size());
    known.put("neurons", (double) traces.length());
    known.put("profile.images", (double) ordinary.images());
    List<SurpriseAccumulator.Measure> measures = new ArrayList<>();
    if (parameters.adequacy().contains(Adequacy.LSA)) {
      known.put("lsa.classes", (double) ordinary.densities().classes());
      measures.add(
          new SurpriseAccumulator.Measure(
              "lsa", parameters.lsaUpper(), ordinary.densities()::surprise));
    }
    if (parameters.adequacy().contains(Adequacy.DSA)) {
      measures.add(
          new SurpriseAccumulator.Measure(
              "dsa", parameters.dsaUpper(), ordinary.distances()::surprise));
    }
    return new SurpriseAccumulator(measures, traces, known, parameters.buckets());
  }
}
