package io.hone.engine.metric;

import io.hone.api.Named;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.RateAccumulator;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.run.Setting;
import java.util.Map;
import java.util.TreeMap;
import org.pf4j.Extension;

/**
 * How often a step's images are classified correctly; for a defense also what it recovers and what
 * it costs on clean images.
 */
@Named(
    id = "accuracy",
    summary = "Measures the accuracy on a step's images, and what a defense recovers.")
@Extension
public final class Accuracy implements Metric<Accuracy.Params> {
  /** This metric has no parameters. */
  public record Params() {}

  @Override
  public Accumulator start(Params parameters, Setting setting) {
    return new RateAccumulator() {
      @Override
      public Map<String, Boolean> rates(Outcome outcome) {
        Map<String, Boolean> rates = new TreeMap<>();
        rates.put("accuracy", outcome.correct());
        if (outcome.kind().has(Trait.RECLASSIFIES)) {
          rates.put("clean_accuracy", outcome.cleanCorrect());
        }
        if (outcome.kind().has(Trait.RECOVERS) && outcome.received().success()) {
          rates.put("recovery_rate", outcome.correct());
        }
        return rates;
      }
    };
  }
}
