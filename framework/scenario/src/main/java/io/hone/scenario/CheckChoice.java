package io.hone.scenario;

import io.hone.scenario.Scenario.ModelChoice;
import java.util.List;
import java.util.Optional;

/**
 * Which self-checks a run makes of its own figures.
 *
 * @param samples how many correctly classified samples they look at, the first ones
 * @param checks ids of the checks, in their usual order; empty for none
 * @param twin a model like the one under test, but without its defense
 */
public record CheckChoice(int samples, List<String> checks, Optional<ModelChoice> twin) {
  /** No checks. */
  public static final CheckChoice NONE = new CheckChoice(0, List.of(), Optional.empty());

  /** The name that expectations have for the checks, as they have {@code clean} for the images. */
  public static final String ENTRY = "checks";

  /** Copies the list. */
  public CheckChoice {
    checks = List.copyOf(checks);
  }

  /** Returns whether anything is checked. */
  public boolean wanted() {
    return !checks.isEmpty();
  }
}
