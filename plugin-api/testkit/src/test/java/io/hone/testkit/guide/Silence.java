package io.hone.testkit.guide;

import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.activation.LayerChoice;
import io.hone.api.activation.NeuronAnswers;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.ValueAccumulator;
import io.hone.api.run.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pf4j.Extension;

/** Which share of the neurons of the model an image leaves at 0. */
@Named(id = "silence", summary = "Measures which share of the neurons an image leaves at 0.")
@Extension
public final class Silence implements Metric<Silence.Params> {
  /** Where to look. */
  public record Params(
      @Param(
              value = "Values inside the network; empty for what all activation functions return.",
              def = "[]")
          List<String> layers) {}

  @Override
  public Optional<LayerChoice> layers(Params parameters) {
    return Optional.of(new LayerChoice(parameters.layers()));
  }

  @Override
  public Accumulator start(Params parameters, Setting setting) {
    return new ValueAccumulator() {
      @Override
      public void add(Outcome outcome) {
        NeuronAnswers answers = outcome.activations().orElseThrow().emitted();
        int silent = 0;
        int units = 0;
        for (NeuronLayer layer : setting.layers()) {
          for (float answer : answers.of(layer)) {
            silent += answer == 0 ? 1 : 0;
            units++;
          }
        }
        record("share", silent / (double) units);
      }

      @Override
      public Map<String, Double> value() {
        return count("share") == 0 ? Map.of() : Map.of("mean", mean("share"));
      }
    };
  }
}
