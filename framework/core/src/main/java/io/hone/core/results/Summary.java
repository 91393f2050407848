package io.hone.core.results;

import java.util.List;
import java.util.Map;

/**
 * Everything a run found: the content of {@code summary.json}.
 *
 * @param hone version of the format, 1
 * @param name of the run
 * @param status how it ended
 * @param error what made it fail, or null
 * @param scenario effective configuration
 * @param model name, file, SHA-256 and what its card says
 * @param steps one entry per step, {@code of} and variant; {@code clean} first
 * @param expectations each with text, actual value and whether it was met
 * @param notices what components told the user
 * @param provenance versions, seed, device, threads, JDK, OS, hashes
 * @param meters operation: times, queries, images per second; volatile
 */
public record Summary(
    int hone,
    String name,
    String status,
    String error,
    Map<String, Object> scenario,
    Map<String, Object> model,
    List<StepSummary> steps,
    List<ExpectationResult> expectations,
    List<String> notices,
    Map<String, Object> provenance,
    Map<String, Object> meters) {
  /** The version of the format. */
  public static final int FORMAT = 1;

  /**
   * Whether a run reached what was expected of it.
   *
   * @param text as written
   * @param actual the figure, or null if it is missing
   * @param met whether it was reached
   */
  public record ExpectationResult(String text, Double actual, boolean met) {}
}
