package io.hone.core.results;

import java.util.Map;

/**
 * One entry's results.
 *
 * @param name unique name, such as {@code recover@fgsm}
 * @param id the step's id
 * @param of the name of the entry it received
 * @param kind {@code clean}, {@code attack}, {@code improve} or {@code defend}
 * @param use the component's id; several defenses joined by {@code +}; empty for {@code clean}
 * @param norm that an attack works in, such as {@code linf}; empty where it says none
 * @param variant point of the matrix
 * @param samples how many samples came in
 * @param attempted how many took part
 * @param skipped how many did not, by reason
 * @param metrics figures: numbers, or maps of numbers one level down ({@code l0: {mean, median,
 *     max}})
 */
public record StepSummary(
    String name,
    String id,
    String of,
    String kind,
    String use,
    String norm,
    Map<String, Object> variant,
    long samples,
    long attempted,
    Map<String, Long> skipped,
    Map<String, Object> metrics) {
  /** Takes results that an earlier version wrote without a norm. */
  public StepSummary {
    norm = norm == null ? "" : norm;
  }
}
