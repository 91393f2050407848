package io.hone.engine.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hone.host.figure.FigurePath;
import io.hone.host.figure.FigureTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

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
 * @param intervals 95 % intervals of the rates among the figures, by their paths
 * @param classes the classes with samples, in ascending order
 * @param worstClass the class with the lowest accuracy; null where none can be named
 * @param stages what each attack found of an attack that runs others in turn, in order; not written
 *     where there are none
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
    Map<String, Object> metrics,
    Map<String, RateInterval> intervals,
    List<ClassSummary> classes,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ClassSummary worstClass,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<StageSummary> stages) {
  /** The group of figures of stages, as expectations name it. */
  public static final String STAGES = "stages";

  /** Takes results that an earlier version wrote without some of their parts. */
  public StepSummary {
    norm = norm == null ? "" : norm;
    radius = radius == null ? "" : radius;
    reasons = reasons == null ? Map.of() : reasons;
    trust = trust == null ? List.of() : trust;
    intervals = intervals == null ? Map.of() : intervals;
    classes = classes == null ? List.of() : classes;
    stages = stages == null ? List.of() : stages;
  }

  /** Creates an entry without statistics of its rates and without stages. */
  public StepSummary(
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
    this(
        name, id, of, kind, use, norm, radius, variant, samples, attempted, skipped, reasons, trust,
        metrics, Map.of(), List.of(), null, List.of());
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

  /** Returns this entry with statistics of its rates. */
  public StepSummary with(StepStatistics statistics) {
    return with(
        statistics.intervals(), statistics.classes(), statistics.worst().orElse(null), stages);
  }

  /** Returns this entry with what its stages found. */
  public StepSummary with(List<StageSummary> found) {
    return with(intervals, classes, worstClass, found);
  }

  private StepSummary with(
      Map<String, RateInterval> otherIntervals,
      List<ClassSummary> otherClasses,
      @Nullable ClassSummary otherWorst,
      List<StageSummary> otherStages) {
    return new StepSummary(
        name,
        id,
        of,
        kind,
        use,
        norm,
        radius,
        variant,
        samples,
        attempted,
        skipped,
        reasons,
        trust,
        metrics,
        otherIntervals,
        otherClasses,
        otherWorst,
        otherStages);
  }

  /**
   * Returns what an expectation names: a figure, a part of a rate's interval, or either of them for
   * one class, or a figure of a stage such as {@code stages.NAME.broken}; empty where the entry has
   * no such number.
   *
   * @param path as {@link FigurePath} describes it
   */
  public OptionalDouble find(String path) {
    if (path.startsWith(STAGES + ".")) {
      return FigureTree.find(Map.of(STAGES, figuresOfStages()), path);
    }
    FigurePath parsed = FigurePath.of(path);
    if (parsed.group().isEmpty()) {
      return StepStatistics.find(metrics, intervals, parsed);
    }
    Optional<ClassSummary> found =
        parsed
            .classNumber()
            .map(number -> classes.stream().filter(one -> one.number() == number).findFirst())
            .orElse(Optional.ofNullable(worstClass));
    return found.map(one -> one.find(parsed)).orElseGet(OptionalDouble::empty);
  }

  private Map<String, Object> figuresOfStages() {
    Map<String, Object> figures = new LinkedHashMap<>();
    stages.forEach(stage -> figures.put(stage.name(), stage.figures()));
    return figures;
  }

  /** Returns why a figure cannot be trusted, whether the scenario accepts that or not. */
  public List<Distrust> distrusting(String figure) {
    return trust.stream().filter(flag -> flag.concerns(figure)).toList();
  }
}
