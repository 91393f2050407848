package io.hone.engine.metric;

import io.hone.api.Named;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Distances;
import io.hone.api.metric.Metric;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.metric.ValueAccumulator;
import io.hone.api.run.Setting;
import java.util.Map;
import java.util.TreeMap;
import org.pf4j.Extension;

/**
 * How much of the distance an improvement removed: the mean over samples of {@code (a - b) / a}.
 *
 * <p>{@code a} is the distance after the attack at the root of the chain ({@code reduction_rate})
 * or at the step's input ({@code step_reduction_rate}), {@code b} the distance after the step.
 * Samples with {@code a = 0} are left out and counted. Source: Nguyen et al., Method for Improving
 * Quality of Adversarial Examples, section 6.3.
 */
@Named(
    id = "reduction-rate",
    summary = "Measures how much of the distance an improvement removed.",
    references =
        "Nguyen et al., Method for Improving Quality of Adversarial Examples, section 6.3.")
@Extension
public final class ReductionRate implements Metric<ReductionRate.Params> {
  /** This metric has no parameters. */
  public record Params() {}

  private static final String[] NORMS = {"l0", "l2"};

  @Override
  public boolean measures(StepKind kind) {
    return kind.has(Trait.IMPROVES);
  }

  @Override
  public Accumulator start(Params parameters, Setting setting) {
    return new ValueAccumulator() {
      @Override
      public void add(Outcome outcome) {
        if (!outcome.verdict().success()) {
          return;
        }
        Outcome.Perturbation perturbation = outcome.perturbation();
        Distances emitted = perturbation.emitted();
        add("reduction_rate.l0", perturbation.root().l0(), emitted.l0());
        add("reduction_rate.l2", perturbation.root().l2(), emitted.l2());
        add("step_reduction_rate.l0", perturbation.received().l0(), emitted.l0());
        add("step_reduction_rate.l2", perturbation.received().l2(), emitted.l2());
      }

      private void add(String figure, double before, double after) {
        if (before == 0) {
          record(figure + "_left_out", 1);
        } else {
          record(figure, (before - after) / before);
        }
      }

      @Override
      public Map<String, Double> value() {
        Map<String, Double> figures = new TreeMap<>();
        for (String norm : NORMS) {
          for (String rate : new String[] {"reduction_rate.", "step_reduction_rate."}) {
            String figure = rate + norm;
            if (count(figure) > 0) {
              figures.put(figure, mean(figure));
            }
            if (count(figure + "_left_out") > 0) {
              figures.put(figure + "_left_out", sum(figure + "_left_out"));
            }
          }
        }
        return figures;
      }
    };
  }
}
