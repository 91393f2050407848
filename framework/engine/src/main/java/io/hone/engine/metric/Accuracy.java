package io.hone.engine.metric;

import io.hone.api.Named;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.metric.ValueAccumulator;
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
    return new ValueAccumulator() {
      @Override
      public void add(Outcome outcome) {
        record("accuracy", outcome.correct() ? 1 : 0);
        if (outcome.kind().has(Trait.RECLASSIFIES)) {
          record("clean_accuracy", outcome.cleanCorrect() ? 1 : 0);
        }
        if (outcome.kind().has(Trait.RECOVERS) && outcome.received().success()) {
          record("recovery_rate", outcome.correct() ? 1 : 0);
        }
      }

      @Override
      public Map<String, Double> value() {
        Map<String, Double> figures = new TreeMap<>();
        for (String figure : new String[] {"accuracy", "clean_accuracy", "recovery_rate"}) {
          if (count(figure) > 0) {
            figures.put(figure, mean(figure));
          }
        }
        return figures;
      }
    };
  }
}
