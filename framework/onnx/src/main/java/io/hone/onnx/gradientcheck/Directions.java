package io.hone.onnx.gradientcheck;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a check found along directions in which many features moved at once.
 *
 * @param tried directions of all images; half of them are of each kind
 * @param judged directions that could be judged, the wrong ones included, in the order of the
 *     images
 * @param wrong directions along which gradient and slope disagree, the worst first
 */
public record Directions(int tried, List<JudgedDirection> judged, List<JudgedDirection> wrong) {
  /** Copies the lists. */
  public Directions {
    judged = List.copyOf(judged);
    wrong = List.copyOf(wrong);
  }

  static Directions of(List<DirectionCheck.Finding> findings) {
    return new Directions(
        findings.stream().mapToInt(DirectionCheck.Finding::tried).sum(),
        findings.stream().flatMap(found -> found.judged().stream()).toList(),
        findings.stream()
            .flatMap(found -> found.wrong().stream())
            .sorted(Comparator.comparingDouble(JudgedDirection::error).reversed())
            .toList());
  }

  /** Returns how many directions of a kind could be judged. */
  public long judged(JudgedDirection.Kind kind) {
    return judged.stream().filter(direction -> direction.kind() == kind).count();
  }

  /** Returns the largest error of a kind; empty if no direction of it could be judged. */
  public Optional<JudgedDirection> worst(JudgedDirection.Kind kind) {
    return judged.stream()
        .filter(direction -> direction.kind() == kind)
        .max(Comparator.comparingDouble(JudgedDirection::error));
  }
}
