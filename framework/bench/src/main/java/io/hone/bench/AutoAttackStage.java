package io.hone.bench;

import io.hone.api.BadInputException;
import io.hone.bench.robustness.Recording;
import java.util.Arrays;
import java.util.List;

/** The attacks of AutoAttack's standard version, each as a scenario of Hone writes it. */
enum AutoAttackStage {
  /** Raises the cross-entropy. */
  APGD_CE(
      "apgd-ce", "apgd", "loss: cross-entropy, restarts: 1", "loss: cross-entropy, restarts: 5"),
  /** Raises the difference of logits ratio towards one class after the other. */
  APGD_T("apgd-t", "apgd", "loss: targeted-dlr, targets: 9", "loss: targeted-dlr, targets: 5"),
  /** Looks for the nearest example of one class after the other. */
  FAB_T(
      "fab-t",
      "fab",
      "targets: 9, stop-within-epsilon: true",
      "targets: 9, stop-within-epsilon: true"),
  /** Sees logits alone; AutoAttack does not count the look at the start. */
  SQUARE(
      "square",
      "square",
      "queries: 5001, rescale-schedule: false",
      "queries: 5001, rescale-schedule: false");

  private final String reference;
  private final String id;
  private final String parameters;
  private final String parametersOfL1;

  AutoAttackStage(String reference, String id, String parameters, String parametersOfL1) {
    this.reference = reference;
    this.id = id;
    this.parameters = parameters;
    this.parametersOfL1 = parametersOfL1;
  }

  /** Returns the attack that AutoAttack calls so. */
  static AutoAttackStage of(String reference) {
    List<AutoAttackStage> all = List.of(values());
    return all.stream()
        .filter(stage -> stage.reference.equals(reference))
        .findAny()
        .orElseThrow(
            () ->
                new BadInputException(
                    "the recording holds the attack "
                        + reference
                        + ", of which Hone's counterpart is not known; known are "
                        + Arrays.stream(values()).map(stage -> stage.reference).toList()));
  }

  /** Returns the attack on the ball of a recording, as a scenario writes it. */
  String inScenario(Recording recording) {
    return "{use: %s, with: {epsilon: %s, norm: %s, %s}}"
        .formatted(
            id,
            recording.epsilon(),
            recording.normInScenario(),
            recording.norm().equals("L1") ? parametersOfL1 : parameters);
  }
}
