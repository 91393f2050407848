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
 * Distances of successful adversarial examples from their clean images: mean, median and maximum.
 */
@Named(
    id = "distance",
    summary = "Measures L0, L1, L2, Linf and SSIM of the successes.",
    references = "SSIM: Wang, Bovik, Sheikh, Simoncelli 2004.")
@Extension
public final class DistanceFigures implements Metric<DistanceFigures.Params> {
  /** This metric has no parameters. */
  public record Params() {}

  private static final String[] FIGURES = {"l0", "l0_pixels", "l1", "l2", "linf", "ssim"};

  @Override
  public boolean measures(StepKind kind) {
    return kind.has(Trait.PERTURBS);
  }

  @Override
  public Accumulator start(Params parameters, Setting setting) {
    return new ValueAccumulator() {
      @Override
      public void add(Outcome outcome) {
        if (!outcome.verdict().success()) {
          return;
        }
        Distances distances = outcome.perturbation().emitted();
        record("l0", distances.l0());
        record("l0_pixels", distances.l0Pixels());
        record("l1", distances.l1());
        record("l2", distances.l2());
        record("linf", distances.linf());
        if (!Double.isNaN(distances.ssim())) {
          record("ssim", distances.ssim());
        }
      }

      @Override
      public Map<String, Double> value() {
        Map<String, Double> figures = new TreeMap<>();
        for (String figure : FIGURES) {
          if (count(figure) > 0) {
            figures.put(figure + ".mean", mean(figure));
            figures.put(figure + ".median", median(figure));
            figures.put(figure + ".max", max(figure));
          }
        }
        return figures;
      }
    };
  }
}
