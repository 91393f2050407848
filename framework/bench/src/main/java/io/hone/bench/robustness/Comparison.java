package io.hone.bench.robustness;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hone's evaluations beside those of a reference, on the same images in the same order.
 *
 * @param hone one evaluation for each seed
 * @param reference one evaluation for each seed
 */
public record Comparison(List<Evaluation> hone, List<Evaluation> reference) {
  /** Takes copies. */
  public Comparison {
    hone = List.copyOf(hone);
    reference = List.copyOf(reference);
  }

  /** Returns how many more images Hone leaves robust, by the mean over seeds on both sides. */
  public double surplus() {
    return mean(hone, Evaluation.ROBUST) - mean(reference, Evaluation.ROBUST);
  }

  /** Returns whether both took the same images for other classes before any attack. */
  public boolean sameModel() {
    return Stream.concat(hone.stream(), reference.stream())
            .map(evaluation -> evaluation.images(Evaluation.MISCLASSIFIED))
            .distinct()
            .count()
        == 1;
  }

  /** Returns the images that are robust in some of all evaluations and not in others. */
  public List<Integer> disputed() {
    int images = hone.get(0).endings().size();
    return IntStream.range(0, images)
        .filter(image -> hone.get(0).robust(image) ? !allRobust(image) : anyRobust(image))
        .boxed()
        .toList();
  }

  private boolean allRobust(int image) {
    return all().allMatch(evaluation -> evaluation.robust(image));
  }

  private boolean anyRobust(int image) {
    return all().anyMatch(evaluation -> evaluation.robust(image));
  }

  private Stream<Evaluation> all() {
    return Stream.concat(hone.stream(), reference.stream());
  }

  /** Returns the lines of a table that tells how many images each attack broke, in the mean. */
  public List<String> endings() {
    Stream<String> head =
        Stream.of("| ended by | Hone, images | AutoAttack, images |", "|---|---:|---:|");
    Stream<String> lines =
        all()
            .flatMap(evaluation -> evaluation.endings().stream())
            .distinct()
            .sorted()
            .map(
                ending ->
                    String.format(
                        Locale.ROOT,
                        "| %s | %.1f | %.1f |",
                        ending,
                        mean(hone, ending),
                        mean(reference, ending)));
    return Stream.concat(head, lines).toList();
  }

  /** Returns the lines of a table of the disputed images; nothing if there are none. */
  public List<String> disputes() {
    List<Integer> images = disputed();
    if (images.isEmpty()) {
      return List.of();
    }
    Stream<String> head =
        Stream.of("| image | Hone, by seed | AutoAttack, by seed |", "|---:|---|---|");
    Stream<String> lines =
        images.stream()
            .map(
                image ->
                    "| %d | %s | %s |"
                        .formatted(image, bySeed(hone, image), bySeed(reference, image)));
    return Stream.concat(head, lines).toList();
  }

  private static String bySeed(List<Evaluation> evaluations, int image) {
    return String.join(
        ", ", evaluations.stream().map(evaluation -> evaluation.endings().get(image)).toList());
  }

  private static double mean(List<Evaluation> evaluations, String ending) {
    return evaluations.stream()
        .mapToInt(evaluation -> evaluation.count(ending))
        .average()
        .orElse(Double.NaN);
  }
}
