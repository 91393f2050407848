package io.hone.engine.metric;

import io.hone.api.Named;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.RateAccumulator;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.Verdict;
import io.hone.api.run.Setting;
import java.util.Map;
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
    return new RateAccumulator() {
      @Override
      public Map<String, Boolean> rates(Outcome outcome) {
        Verdict verdict = outcome.verdict();
        return verdict.attempted()
            ? Map.of("success_rate", verdict.success(), "success_rate_8bit", verdict.success8bit())
            : Map.of();
      }
    };
  }
}
