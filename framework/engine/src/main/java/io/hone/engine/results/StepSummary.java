package io.hone.engine.results;

import java.util.List;
import java.util.Map;

/**
 * One entry's results.
 *
 * @param name unique name, such as {@code recover@fgsm}
 * @param id the step's id
 * @param of the names of the entries it received; written as one name where there is one
 * @param kind {@code clean}, {@code attack}, {@code improve} or {@code defend}
 * @param use the component's id; several defenses joined by {@code +}; empty for {@code clean}
 * @param norm that an attack works in, such as {@code linf}; empty where it says none
 * @param radius the parameter of an attack that no emitted image leaves, by name; empty where it
 *     has none
 * @param variant point of the matrix
 * @param samples how many samples came in
 * @param attempted how many took part
 * @param skipped how many did not, by reason
 * @param reasons how many of those that took part carry which reason, such as {@code not-found}
 * @param trust why the figures cannot be fully trusted; empty where nothing speaks against them
 * @param metrics figures: numbers, or maps of numbers one level down ({@code l0: {mean, median,
 *     max}})
 */
public record StepSummary(
    String name,
    String id,
    Received of,
    String kind,
    String use,
    String norm,
    String radius,
    Map<String, Object> variant,
    long samples,
    long attempted,
    Map<String, Long> skipped,
    Map<String, Long> reasons,
    List<Distrust> trust,
    Map<String, Object> metrics) {
  /** Takes results that an earlier version wrote without a norm, a radius, reasons and trust. */
  public StepSummary {
    norm = norm == null ? "" : norm;
    radius = radius == null ? "" : radius;
    reasons = reasons == null ? Map.of() : reasons;
    trust = trust == null ? List.of() : trust;
  }

  /** Creates an entry without a radius and reasons that nothing speaks against. */
  public StepSummary(
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
    this(
        name,
        id,
        Received.of(of),
        kind,
        use,
        norm,
        "",
        variant,
        samples,
        attempted,
        skipped,
        Map.of(),
        List.of(),
        metrics);
  }

  /** Returns why a figure cannot be trusted, whether the scenario accepts that or not. */
  public List<Distrust> distrusting(String figure) {
    return trust.stream().filter(flag -> flag.concerns(figure)).toList();
  }
}
