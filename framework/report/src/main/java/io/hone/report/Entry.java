package io.hone.report;

import io.hone.engine.results.Distrust;
import io.hone.engine.results.StepSummary;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One result entry with its place in the chain.
 *
 * @param summary what was found
 * @param anchor the fragment that leads to its section; made by counting, so that no name gets into
 *     it
 * @param chain the entries that lead to it, the first one first, itself last
 */
record Entry(StepSummary summary, String anchor, List<StepSummary> chain) {
  /** What the entries that attack nothing and improve nothing are called. */
  static final String CLEAN = "clean";

  private static final Pattern VARIANT = Pattern.compile("\\[[^\\]]*\\]");

  static final String ATTACK = "attack";
  static final String IMPROVE = "improve";
  static final String DEFEND = "defend";

  String name() {
    return summary.name();
  }

  /** Returns its name without its point of the matrix. */
  String withoutVariant() {
    return VARIANT.matcher(name()).replaceAll("");
  }

  /** Returns the name of what it received, without the point of the matrix. */
  String receivedWithoutVariant() {
    return VARIANT.matcher(String.valueOf(summary.of())).replaceAll("");
  }

  /** Returns how many steps are before it. */
  int depth() {
    return chain.size() - 1;
  }

  boolean is(String kind) {
    return summary.kind().equals(kind);
  }

  /** Returns the CSS class of its kind; a kind that is not known looks like {@code clean}. */
  String tone() {
    return tone(summary.kind());
  }

  static String tone(String kind) {
    return switch (kind) {
      case ATTACK, IMPROVE, DEFEND -> kind;
      default -> CLEAN;
    };
  }

  /**
   * Returns whether an axis of the matrix is the radius of the attack that it comes from.
   *
   * @param axis the end of a path such as {@code steps.fgsm.attack.with.epsilon}
   */
  boolean hasRadius(String axis) {
    return chain.stream()
        .filter(step -> !step.radius().isEmpty())
        .map(step -> ".steps." + step.id() + ".attack.with." + step.radius())
        .anyMatch(path -> path.endsWith("." + axis));
  }

  /** Returns a figure, where the entry has it. */
  Optional<Figure> figure(String path) {
    return Figure.typical(summary.metrics(), path);
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
    return switch (path) {
      case "accuracy", "clean_accuracy" -> Optional.of(summary.samples());
      case "success_rate", "success_rate_8bit" -> Optional.of(summary.attempted());
      case "recovery_rate" -> depth() == 0 ? Optional.empty() : successes(chain.get(depth() - 1));
      default -> successes(summary);
    };
  }

  private static Optional<Long> successes(StepSummary step) {
    return Figure.at(step.metrics(), "success_rate")
        .filter(rate -> Double.isFinite(rate.value()))
        .map(rate -> Math.round(rate.value() * step.attempted()));
  }
}
