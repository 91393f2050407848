package io.hone.engine.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param expectations each with text, actual value and what became of it
 * @param notices what components told the user
 * @param checks what the self-checks found; empty where none were made
 * @param targets what steps come to over every class that a matrix aims them at; not written where
 *     there are none
 * @param provenance versions, seed, device, threads, JDK, OS, hashes
 * @param meters operation: times, queries, images per second; volatile
 */
public record Summary(
    int hone,
    String name,
    String status,
    @Nullable String error,
    Map<String, Object> scenario,
    Map<String, Object> model,
    List<StepSummary> steps,
    List<ExpectationResult> expectations,
    List<String> notices,
    List<CheckResult> checks,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TargetSummary> targets,
    Map<String, Object> provenance,
    Map<String, Object> meters) {
  /** Takes results that an earlier version wrote without some of their parts. */
  public Summary {
    checks = checks == null ? List.of() : checks;
    targets = targets == null ? List.of() : targets;
  }

  /** Creates the summary of a run without self-checks and without several targets. */
  public Summary(
      int hone,
      String name,
      String status,
      @Nullable String error,
      Map<String, Object> scenario,
      Map<String, Object> model,
      List<StepSummary> steps,
      List<ExpectationResult> expectations,
      List<String> notices,
      Map<String, Object> provenance,
      Map<String, Object> meters) {
    this(
        hone,
        name,
        status,
        error,
        scenario,
        model,
        steps,
        expectations,
        notices,
        List.of(),
        List.of(),
        provenance,
        meters);
  }

  /** Returns all that has figures: the entries, and the cases over every target. */
  public List<StepSummary> measured() {
    return TargetSummary.measured(steps, targets);
  }

  /** The version of the format. */
  public static final int FORMAT = 1;

  /**
   * Whether a run reached what was expected of it.
   *
   * @param text as written
   * @param actual the figure, or null if it is missing
   * @param met whether it was reached by a figure that can be trusted, or whose flags the scenario
   *     accepts
   * @param state the word of a {@link ExpectationState}
   * @param trust codes of the flags that speak against the figure, accepted ones too
   */
  public record ExpectationResult(
      String text, @Nullable Double actual, boolean met, String state, List<String> trust) {
    /** Takes results that an earlier version wrote without state and flags. */
    public ExpectationResult {
      state = state == null ? word(met) : state;
      trust = trust == null ? List.of() : trust;
    }

    /** Creates the result of an expectation on a figure that nothing speaks against. */
    public ExpectationResult(String text, @Nullable Double actual, boolean met) {
      this(text, actual, met, word(met), List.of());
    }

    private static String word(boolean met) {
      return (met ? ExpectationState.MET : ExpectationState.NOT_MET).word();
    }

    /** Returns whether the figure is as expected, but cannot be trusted. */
    public boolean untrusted() {
      return state.equals(ExpectationState.UNTRUSTED.word());
    }
  }
}
