package io.hone.bench;

import io.hone.bench.robustness.Comparison;
import io.hone.bench.robustness.Evaluation;
import io.hone.bench.robustness.Recording;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Evaluations of one model in one ball, Hone's beside AutoAttack's.
 *
 * @param name of the recording
 * @param recording that tells the model and the ball
 * @param comparison of the evaluations
 * @param inTurns whether AutoAttack ran in turns with Hone, so that its time counts
 */
record AutoAttackTurns(String name, Recording recording, Comparison comparison, boolean inTurns) {
  /** The head of the table that {@link #line()} is a line of. */
  static final String HEAD =
      """
      | evaluation | epsilon | images | robust with Hone | with AutoAttack | Hone has more | aim \
      | Hone, s | AutoAttack, s | ratio | aim |
      |---|---:|---:|---|---|---:|---|---:|---:|---:|---|""";

  /** Returns the line of a Markdown table, the times being medians. */
  String line() {
    double seconds = medianSeconds(comparison.hone());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %s | %s | %+.2f%s | at most 1 | %.2f | %s |",
        name,
        recording.epsilon(),
        comparison.hone().get(0).endings().size(),
        robust(comparison.hone()),
        robust(comparison.reference()),
        comparison.surplus(),
        comparison.sameModel() ? "" : " (not the same model)",
        seconds,
        theirs(seconds));
  }

  private String theirs(double ours) {
    if (!inTurns) {
      return " |  | ";
    }
    double theirs = medianSeconds(comparison.reference());
    return String.format(
        Locale.ROOT,
        "%.2f | %.2f | at least %d",
        theirs,
        theirs / ours,
        recording.dataset().equals("mnist") ? 3 : 1);
  }

  private static String robust(List<Evaluation> evaluations) {
    return evaluations.stream()
        .map(evaluation -> Integer.toString(evaluation.count(Evaluation.ROBUST)))
        .collect(Collectors.joining(", "));
  }

  private static double medianSeconds(List<Evaluation> evaluations) {
    return Medians.of(evaluations, Comparator.comparing(Evaluation::seconds)).seconds();
  }
}
