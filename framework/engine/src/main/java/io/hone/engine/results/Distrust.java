package io.hone.engine.results;

import io.hone.api.run.TrustFlag;
import io.hone.host.figure.FigurePath;
import java.util.Set;

/**
 * A reason why the figures of an entry cannot be fully trusted.
 *
 * @param code one of {@link TrustFlag#CODES}, or a component's own
 * @param samples how many of the entry's samples it concerns, or of the entry that it comes from
 * @param text what was found or assumed, and what to do about it
 * @param accepted whether the scenario accepts it, so that expectations still count
 */
public record Distrust(String code, long samples, String text, boolean accepted) {
  /** Figures that count what was spent: they are true whatever the results are worth. */
  private static final Set<String> COSTS = Set.of("queries", "seconds", "cumulated");

  /**
   * Returns whether a figure of the entry cannot be trusted for this reason.
   *
   * @param path of the figure, such as {@code reduction_rate.l0}; a statistic of a rate rests on
   *     what the rate rests on
   */
  public boolean concerns(String path) {
    String name = FigurePath.of(path).figure().split("\\.", 2)[0];
    if (COSTS.contains(name)) {
      return false;
    }
    boolean ofCleanImages = name.equals("clean_accuracy");
    return switch (code) {
      // What an attack found says nothing of how a defense treats clean images.
      case TrustFlag.NO_GRADIENT,
          TrustFlag.NAN,
          TrustFlag.MASKED_GRADIENT,
          TrustFlag.NOT_CONVERGED,
          TrustFlag.SILENT_SUCCESS,
          TrustFlag.BROKEN_CONSTRAINT,
          TrustFlag.PROBABILITIES_AS_LOGITS,
          TrustFlag.DEGENERATE_LOGITS ->
          !ofCleanImages;
      // A model agrees with its own labels by construction; how often an attack changes them
      // counts.
      case TrustFlag.OWN_LABELS -> ofCleanImages || name.equals("accuracy");
      // Who is attacked succeeds or fails as ever; who is not counts as robust.
      case TrustFlag.OUTSIDE_BOUNDS -> name.equals("accuracy") || name.endsWith("robust_accuracy");
      default -> true;
    };
  }
}
