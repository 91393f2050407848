package io.hone.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An attack that Hone and its peer ran in turns.
 *
 * @param attack that was run
 * @param hone every turn of Hone
 * @param peer every turn of the peer; empty if it does not take part
 */
record AttackTurns(TimedAttack attack, List<HoneAttack.Run> hone, List<AttackFigures> peer) {
  /** The head of the table that {@link #line()} is a line of. */
  static final String HEAD =
      """
      | attack | Hone, s | images/s | inside ONNX Runtime | found | median L2 | Foolbox, s | found \
      | median L2 | ratio | aim at 1,000 images |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|""";

  private static final String NOTHING = " |  |  |  |  | ";

  /** Returns the line of a Markdown table, each side at its median time. */
  String line(int images) {
    HoneAttack.Run ours = Medians.of(hone, Comparator.comparing(run -> run.figures().seconds()));
    String left =
        String.format(
            Locale.ROOT,
            "| %s | %.2f | %.1f | %.1f %% | %s",
            attack,
            ours.figures().seconds(),
            images / ours.figures().seconds(),
            100 * ours.insideRuntime(),
            strength(ours.figures()));
    return left + theirs(ours.figures()) + attack.aim() + " |";
  }

  private String theirs(AttackFigures ours) {
    if (peer.isEmpty()) {
      return NOTHING;
    }
    AttackFigures theirs = Medians.of(peer, Comparator.comparing(AttackFigures::seconds));
    return String.format(
        Locale.ROOT,
        " | %.2f | %s | %.2f%s | ",
        theirs.seconds(),
        strength(theirs),
        theirs.seconds() / ours.seconds(),
        remark(ours, theirs).map(remark -> " (" + remark + ")").orElse(""));
  }

  /** A ratio says something only of attacks on the same images that end no weaker. */
  private Optional<String> remark(AttackFigures ours, AttackFigures theirs) {
    if (ours.attacked() != theirs.attacked()) {
      return Optional.of("not the same model");
    }
    if (ours.successes() < theirs.successes()) {
      return Optional.of("finds fewer");
    }
    boolean farther = attack.minimisesDistance() && ours.medianL2() > theirs.medianL2();
    return farther ? Optional.of("ends farther") : Optional.empty();
  }

  private static String strength(AttackFigures figures) {
    return String.format(
        Locale.ROOT,
        "%d of %d | %.4f",
        figures.successes(),
        figures.attacked(),
        figures.medianL2());
  }
}
