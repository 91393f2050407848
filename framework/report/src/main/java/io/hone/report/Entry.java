package io.hone.report;

import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.engine.results.Distrust;
import io.hone.engine.results.RateInterval;
import io.hone.engine.results.StepSummary;
import io.hone.engine.step.StepType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One result entry with its place in the chain.
 *
 * @param summary what was found
 * @param type of its step; empty for the data set's own images, and for a kind that is not known
 * @param anchor the fragment that leads to its section; made by counting, so that no name gets into
 *     it
 * @param before the entries that lead to it, the first one first
 */
record Entry(StepSummary summary, Optional<StepType<?>> type, String anchor, List<Entry> before) {
  private static final Pattern VARIANT = Pattern.compile("\\[[^\\]]*\\]");

  /** The CSS class of what no step made. */
  private static final String CLEAN = "clean";

  /** The traits that have a colour, the one that tells most first. */
  private static final List<Trait> TONES =
      List.of(Trait.IMPROVES, Trait.RECOVERS, Trait.TRANSFERS, Trait.PERTURBS);

  /** Returns the entries that lead to it, the first one first, itself last. */
  List<Entry> chain() {
    List<Entry> chain = new ArrayList<>(before);
    chain.add(this);
    return chain;
  }

  String name() {
    return summary.name();
  }

  /** Returns its name without its point of the matrix. */
  String withoutVariant() {
    return VARIANT.matcher(name()).replaceAll("");
  }

  /** Returns the name of what it received, without the point of the matrix. */
  String receivedWithoutVariant() {
    return VARIANT.matcher(summary.of().toString()).replaceAll("");
  }

  /** Returns how many steps are before it. */
  int depth() {
    return before.size();
  }

  /** Returns whether it is the data set's own images. */
  boolean isClean() {
    return summary.kind().equals(StepKind.CLEAN.name());
  }

  /** Returns whether its images mean this. */
  boolean has(Trait trait) {
    return type.map(known -> known.kind().has(trait)).orElse(false);
  }

  /** Returns whether its images are examples that it found or chose, and did not improve. */
  boolean attacks() {
    return has(Trait.PERTURBS) && !has(Trait.IMPROVES);
  }

  /** Returns what it does, in a few words. */
  String sentence() {
    return type.map(known -> known.sentence(summary.use(), summary.of().toString()))
        .orElse("the images of the data set, as they are");
  }

  /** Returns the CSS class of what its images mean. */
  String tone() {
    return TONES.stream()
        .filter(this::has)
        .map(trait -> trait.name().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse(CLEAN);
  }

  /**
   * Returns whether an axis of the matrix is the radius of the attack that it comes from.
   *
   * @param axis the end of a path such as {@code steps.fgsm.attack.with.epsilon}
   */
  boolean hasRadius(String axis) {
    return chain().stream()
        .map(Entry::summary)
        .filter(step -> !step.radius().isEmpty())
        .map(step -> ".steps." + step.id() + "." + step.kind() + ".with." + step.radius())
        .anyMatch(path -> path.endsWith("." + axis));
  }

  /** Returns a figure, where the entry has it. */
  Optional<Figure> figure(String path) {
    return Figure.typical(summary.metrics(), path);
  }

  /** Returns the interval of a rate, where it is told. */
  Optional<Interval> interval(String path) {
    return Optional.ofNullable(summary.intervals().get(path)).map(Interval::of);
  }

  /** Returns why a figure cannot be trusted. */
  List<Distrust> doubts(String path) {
    return summary.distrusting(path);
  }

  /**
   * Returns over how many samples a figure is taken: accuracies over all, the success rate over
   * those attempted, the recovery rate over the received successes, everything else over the
   * entry's own; empty where no success rate tells how many those are.
   */
  Optional<Long> over(String path) {
    RateInterval counted = summary.intervals().get(path);
    if (counted != null) {
      return Optional.of(counted.n());
    }
    return switch (path) {
      case "accuracy", "clean_accuracy" -> Optional.of(summary.samples());
      case "success_rate",
          "success_rate_8bit",
          "transfer_rate.all",
          "transfer_rate.untargeted.all" ->
          Optional.of(summary.attempted());
      // Without intervals, as in results of an earlier version, nothing tells how many of the
      // received successes the other model gets right when clean.
      case "transfer_rate.successes", "transfer_rate.untargeted.successes" -> Optional.empty();
      case "recovery_rate" ->
          depth() == 0 ? Optional.empty() : successes(before.get(depth() - 1).summary());
      default -> successes(summary);
    };
  }

  private static Optional<Long> successes(StepSummary step) {
    return Figure.at(step.metrics(), "success_rate")
        .filter(rate -> Double.isFinite(rate.value()))
        .map(rate -> Math.round(rate.value() * step.attempted()));
  }
}
