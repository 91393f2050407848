package io.hone.bench;

import io.hone.bench.robustness.Evaluation;
import io.hone.bench.robustness.Recording;
import java.util.List;
import java.util.Locale;

/**
 * One attack on every image that is classified correctly, Hone's beside AutoAttack's.
 *
 * @param recording name of the recording
 * @param recorded what AutoAttack's attack did
 * @param hone what Hone's did on as many images or fewer
 */
record SingleAttack(String recording, Recording.Alone recorded, Evaluation hone) {
  /** The head of the table that {@link #line()} is a line of. */
  static final String HEAD =
      """
      | evaluation | attack alone | seed | robust with Hone | with AutoAttack | robust with Hone only \
      | with AutoAttack only | Hone, s |
      |---|---|---:|---:|---:|---|---|---:|""";

  /** Returns the line of a Markdown table. */
  String line() {
    List<Integer> ours = hone.images(Evaluation.ROBUST);
    int images = hone.endings().size();
    List<Integer> theirs = recorded.robust().stream().filter(image -> image < images).toList();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %d | %d | %s | %s | %.2f |",
        recording,
        recorded.name(),
        hone.seed(),
        ours.size(),
        theirs.size(),
        without(ours, theirs),
        without(theirs, ours),
        hone.seconds());
  }

  private static String without(List<Integer> some, List<Integer> others) {
    return String.join(
        " ", some.stream().filter(image -> !others.contains(image)).map(String::valueOf).toList());
  }
}
