package io.hone.engine.measure;

import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.metric.Verdict;
import io.hone.api.run.Part;
import io.hone.api.run.Reason;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.engine.results.StageSummary;
import io.hone.engine.results.StepStatistics;
import io.hone.engine.step.SampleResult;
import io.hone.host.figure.FigureTree;
import io.hone.host.figure.FrameworkFigures;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Folds what a step made of its samples into figures; units are folded apart and merged in any
 * order.
 */
public final class StepFold {
  private final StepKind kind;
  private final Map<String, Accumulator> metrics;
  private final SampleLedger ledger = new SampleLedger();
  private final RestorationCurve curve = new RestorationCurve();
  private final RateCounts rates = new RateCounts();
  private final ReasonCounts skipped = new ReasonCounts();
  private final StageFold stages = new StageFold();

  /** How many samples that took part carry which reason; of a defense, how many got no class. */
  private final ReasonCounts reasons = new ReasonCounts();

  /** How many samples that took part failed for which reason. */
  private final ReasonCounts failures = new ReasonCounts();

  private long samples;
  private long attempted;
  private long correct;
  private long cleanCorrect;
  private double seconds;

  /**
   * Creates an empty fold.
   *
   * @param metrics empty accumulators by the id of their metric
   */
  public StepFold(StepKind kind, Map<String, Accumulator> metrics) {
    this.kind = kind;
    this.metrics = metrics;
  }

  /**
   * Takes in what became of a sample.
   *
   * @param sample what it cost, and what the component noted
   * @param outcome what metrics see
   */
  public void add(SampleResult sample, Outcome outcome) {
    Verdict verdict = outcome.verdict();
    samples++;
    correct += outcome.correct() ? 1 : 0;
    cleanCorrect += outcome.cleanCorrect() ? 1 : 0;
    boolean unanswered = kind.has(Trait.RECLASSIFIES) && verdict.prediction() < 0;
    if (unanswered) {
      addReason(Reason.NAN, false);
    }
    if (verdict.attempted()) {
      attempted++;
      ledger.put("forward", sample.forwardQueries());
      ledger.put("gradient", sample.gradientQueries());
      stages.add(sample, outcome);
      sample
          .notes()
          .figures()
          .forEach((name, value) -> ledger.put(SampleLedger.NOTE + name, value));
      // A defense's rows repeat the reasons of what it received, where they are counted already.
      if (perturbs()) {
        addReason(verdict.reason(), verdict.success());
      }
    } else if (!verdict.reason().isEmpty()
        && !(unanswered && verdict.reason().equals(Reason.NAN))) {
      skipped.add(verdict.reason());
    }
    if (kind.has(Trait.IMPROVES)) {
      sample.trace().ifPresent(curve::add);
    }
    measure(outcome);
  }

  private void measure(Outcome outcome) {
    int label = outcome.sample().label();
    rates.addSample(label, outcome.verdict().attempted());
    metrics.forEach(
        (id, metric) -> {
          metric.add(outcome);
          metric
              .rates(outcome)
              .forEach(
                  (rate, inFavour) -> rates.add(FrameworkFigures.path(id, rate), label, inFavour));
        });
  }

  /** Returns whether the step makes images for which the framework finds a reason of their own. */
  boolean perturbs() {
    return kind.has(Trait.PERTURBS);
  }

  private void addReason(String reason, boolean success) {
    if (!reason.isEmpty()) {
      reasons.add(reason);
      if (!success) {
        failures.add(reason);
      }
    }
  }

  public void addSeconds(double more) {
    seconds += more;
  }

  public void merge(StepFold other) {
    samples += other.samples;
    attempted += other.attempted;
    correct += other.correct;
    cleanCorrect += other.cleanCorrect;
    seconds += other.seconds;
    skipped.merge(other.skipped);
    reasons.merge(other.reasons);
    failures.merge(other.failures);
    ledger.merge(other.ledger);
    curve.merge(other.curve);
    rates.merge(other.rates);
    stages.merge(other.stages);
    metrics.forEach((id, metric) -> metric.merge(other.metric(id)));
  }

  public void write(DataOutput output) throws IOException {
    output.writeLong(samples);
    output.writeLong(attempted);
    output.writeLong(correct);
    output.writeLong(cleanCorrect);
    output.writeDouble(seconds);
    skipped.write(output);
    reasons.write(output);
    failures.write(output);
    ledger.write(output);
    curve.write(output);
    rates.write(output);
    stages.write(output);
    for (Accumulator metric : metrics.values()) {
      metric.write(output);
    }
  }

  public void read(DataInput input) throws IOException {
    samples += input.readLong();
    attempted += input.readLong();
    correct += input.readLong();
    cleanCorrect += input.readLong();
    seconds += input.readDouble();
    skipped.read(input);
    reasons.read(input);
    failures.read(input);
    ledger.read(input);
    curve.read(input);
    rates.read(input);
    stages.read(input);
    for (Accumulator metric : metrics.values()) {
      metric.read(input);
    }
  }

  public StepKind kind() {
    return kind;
  }

  public long samples() {
    return samples;
  }

  public long attempted() {
    return attempted;
  }

  /** Returns how many samples the step's classifier gives their label. */
  public long correct() {
    return correct;
  }

  /** Returns how many clean images the step's classifier gives their label. */
  public long cleanCorrect() {
    return cleanCorrect;
  }

  public Map<String, Long> skipped() {
    return skipped.asMap();
  }

  /** Returns how many samples that took part carry which reason. */
  public Map<String, Long> reasons() {
    return reasons.asMap();
  }

  /** Returns how many samples took part and failed for a reason. */
  long failedFor(String reason) {
    return failures.of(reason);
  }

  public double seconds() {
    return seconds;
  }

  /**
   * Returns how certain the rates are, and how they differ between classes.
   *
   * @param classNames in the order of the classes, or empty
   */
  public StepStatistics statistics(List<String> classNames) {
    return rates.statistics(classNames);
  }

  /** Returns what each of the parts found that the step's work has, in order. */
  public List<StageSummary> stages(List<Part> parts) {
    return stages.summaries(parts, cleanCorrect, samples);
  }

  /** Returns the mean number of queries of an attempted sample. */
  public double queries(String access) {
    return ledger.meanOf(access);
  }

  /**
   * Returns what the metrics found and what components noted. Of two figures that would be at one
   * place the first is kept, Hone's own before any other.
   */
  public FigureTree figures() {
    return figures(taken -> {});
  }

  /**
   * Checks that every figure so far has a place of its own.
   *
   * @throws ComponentFailureException naming the metric or the figure that has none
   */
  public void checkNames() {
    figures(
        taken -> {
          throw taken;
        });
  }

  private FigureTree figures(Consumer<ComponentFailureException> onCollision) {
    FigureTree figures = new FigureTree();
    metrics.keySet().stream()
        .sorted(Comparator.comparing((String id) -> !FrameworkFigures.isOwnMetric(id)))
        .forEach(id -> put("the metric " + id, valuesOf(id), figures, onCollision));
    put("a component", ledger.value(), figures, onCollision);
    curve
        .points()
        .forEach((queries, share) -> figures.put(FrameworkFigures.RESTORED_AFTER + queries, share));
    return figures;
  }

  private Accumulator metric(String id) {
    return Objects.requireNonNull(metrics.get(id));
  }

  private Map<String, Double> valuesOf(String metric) {
    Map<String, Double> values = new LinkedHashMap<>();
    metric(metric)
        .value()
        .forEach((figure, value) -> values.put(FrameworkFigures.path(metric, figure), value));
    return values;
  }

  private static void put(
      String whose,
      Map<String, Double> values,
      FigureTree figures,
      Consumer<ComponentFailureException> onCollision) {
    values.forEach(
        (path, value) -> {
          try {
            figures.put(path, value);
          } catch (IllegalArgumentException taken) {
            onCollision.accept(
                new ComponentFailureException(
                    whose + ": " + taken.getMessage() + ". This is a defect of the plugin", taken));
          }
        });
  }
}
