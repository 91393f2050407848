package io.hone.engine.metric;

import io.hone.api.Named;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.ValueAccumulator;
import io.hone.api.run.Setting;
import java.util.Map;
import java.util.TreeMap;
import org.pf4j.Extension;

/**
 * The share of attempted samples whose emitted image meets the goal, as float and on the 8-bit
 * grid.
 */
@Named(id = "success-rate", summary = "Measures the share of attempted samples that meet the goal.")
@Extension
public final class SuccessRate implements Metric<SuccessRate.Params> {
  /** This metric has no parameters. */
  public record Params() {}

  @Override
  public boolean measures(StepKind kind) {
    return !kind.equals(StepKind.CLEAN);
  }

  @Override
  public Accumulator start(Params parameters, Setting setting) {
    return new ValueAccumulator() {
      @Override
      public void add(Outcome outcome) {
        if (outcome.verdict().attempted()) {
          record("success_rate", outcome.verdict().success() ? 1 : 0);
          record("success_rate_8bit", outcome.verdict().success8bit() ? 1 : 0);
        }
      }

      @Override
      public Map<String, Double> value() {
        Map<String, Double> figures = new TreeMap<>();
        if (count("success_rate") > 0) {
          figures.put("success_rate", mean("success_rate"));
          figures.put("success_rate_8bit", mean("success_rate_8bit"));
        }
        return figures;
      }
    };
  }
}
