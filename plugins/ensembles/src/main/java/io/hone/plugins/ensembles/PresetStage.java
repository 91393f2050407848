package io.hone.plugins.ensembles;

import io.hone.api.AttackUse;
import java.util.Map;

/**
 * A stage of a version of AutoAttack.
 *
 * @param name as the authors write it
 * @param attack that is named only
 * @param runs how often the attack starts at most, a start for each restart or target class
 * @param queries of one start
 */
record PresetStage(String name, AttackUse attack, int runs, int queries) {
  private static final int STEPS = 100;
  private static final int SQUARES = 5000;

  /** Returns APGD on one loss. */
  static PresetStage apgd(String name, String loss, int restarts, int gradients, Reach reach) {
    return new PresetStage(
        name,
        AttackUse.of(
            "apgd",
            reach.with(
                Map.of(
                    "loss", loss, "steps", STEPS, "restarts", restarts, "gradients", gradients))),
        restarts,
        gradients * (STEPS + 1));
  }

  /** Returns APGD toward several classes, one after another. */
  static PresetStage targetedApgd(int targets, Reach reach) {
    return new PresetStage(
        "apgd-t",
        AttackUse.of(
            "apgd",
            reach.with(
                Map.of("loss", "targeted-dlr", "steps", STEPS, "restarts", 1, "targets", targets))),
        targets,
        STEPS + 1);
  }

  /** Returns FAB toward the nearest class of all. */
  static PresetStage fab(int restarts, Reach reach) {
    return new PresetStage(
        "fab", AttackUse.of("fab", fab(restarts, Map.of(), reach)), restarts, 3 * STEPS);
  }

  /** Returns FAB toward several classes, one after another. */
  static PresetStage targetedFab(int targets, Reach reach) {
    return new PresetStage(
        "fab-t",
        AttackUse.of("fab", fab(1, Map.of("targets", targets), reach)),
        targets,
        3 * STEPS);
  }

  private static Map<String, Object> fab(int restarts, Map<String, Object> more, Reach reach) {
    Map<String, Object> parameters =
        reach.with(
            Map.of(
                "steps",
                STEPS,
                "restarts",
                restarts,
                // Only whether there is an example within epsilon matters, not how near it is.
                "stop-within-epsilon",
                true,
                "final-search",
                0));
    parameters.putAll(more);
    return parameters;
  }

  /** Returns Square, whose squares keep the authors' schedule of 10,000 queries. */
  static PresetStage square(Reach reach) {
    return new PresetStage(
        "square",
        AttackUse.of(
            "square", reach.with(Map.of("queries", SQUARES, "p", 0.8, "rescale-schedule", false))),
        1,
        SQUARES);
  }

  /** Returns about how many queries a sample takes that the stage does not break. */
  long expectedQueries(int classes) {
    boolean towardClasses = name.endsWith("-t");
    return (long) queries * (towardClasses ? Math.min(runs, Math.max(1, classes - 1)) : runs);
  }
}
