package io.hone.testkit.guide;

import io.hone.api.Named;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.ValueAccumulator;
import io.hone.api.run.Setting;
import java.util.Map;
import org.pf4j.Extension;

/** How much brighter successes are than their clean images. */
@Named(id = "brightness", summary = "Measures how much brighter successes are than clean images.")
@Extension
public final class Brightness implements Metric<Brightness.Params> {
  /** This metric has no parameters. */
  public record Params() {}

  @Override
  public boolean measures(StepKind kind) {
    return kind.has(StepKind.Trait.PERTURBS);
  }

  @Override
  public Accumulator start(Params parameters, Setting setting) {
    return new ValueAccumulator() {
      @Override
      public void add(Outcome outcome) {
        if (outcome.verdict().success()) {
          Outcome.Images images = outcome.images();
          record("change", brightness(images.emitted()) - brightness(images.clean()));
        }
      }

      @Override
      public Map<String, Double> value() {
        return count("change") == 0 ? Map.of() : Map.of("change.mean", mean("change"));
      }
    };
  }

  private static double brightness(float[] image) {
    double sum = 0;
    for (float value : image) {
      sum += value;
    }
    return sum / image.length;
  }
}
