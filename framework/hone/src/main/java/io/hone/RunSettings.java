package io.hone;

import io.hone.api.stability.Stability;
import io.hone.engine.RunResult;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunListener;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.scenario.ScenarioOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a scenario is run, apart from what its file says.
 *
 * @param folder where results go; empty for {@code runs/NAME}
 * @param existing what becomes of results that are there
 * @param changes what is changed of the file
 * @param cancellation stops the run
 * @param listener shows the run; empty for what shows everything of the Hone that runs it
 * @param alongside writes more beside the results
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record RunSettings(
    Optional<Path> folder,
    Existing existing,
    ScenarioOptions changes,
    Cancellation cancellation,
    Optional<RunListener> listener,
    Publication alongside) {

  /** Writes what belongs beside the results, before another run may take the folder. */
  @FunctionalInterface
  public interface Publication {
    /** Called once the results are written. */
    void write(RunResult result) throws IOException;
  }

  /** Returns the usual settings: results in {@code runs/NAME}, replaced if they are there. */
  public static RunSettings usual() {
    return new RunSettings(
        Optional.empty(),
        Existing.REPLACE,
        ScenarioOptions.none(),
        new Cancellation(),
        Optional.empty(),
        result -> {});
  }

  /** Returns these settings with results in a folder that is new or empty. */
  public RunSettings into(Path results) {
    return new RunSettings(
        Optional.of(results), Existing.REFUSE, changes, cancellation, listener, alongside);
  }

  /** Returns these settings with another answer to results that are there. */
  public RunSettings existing(Existing answer) {
    return new RunSettings(folder, answer, changes, cancellation, listener, alongside);
  }

  /** Returns these settings, going on from an interrupted run in the same folder. */
  public RunSettings resumed() {
    return existing(Existing.RESUME);
  }

  /** Returns these settings with changes to the file. */
  public RunSettings changing(ScenarioOptions options) {
    return new RunSettings(folder, existing, options, cancellation, listener, alongside);
  }

  /** Returns these settings with changes to the file, each {@code path=value}. */
  public RunSettings changing(String... overrides) {
    return changing(ScenarioOptions.of(overrides));
  }

  /** Returns these settings for a run that can be cancelled. */
  public RunSettings cancelledBy(Cancellation stop) {
    return new RunSettings(folder, existing, changes, stop, listener, alongside);
  }

  /** Returns these settings for a run that is shown by a listener of its own. */
  public RunSettings shownBy(RunListener shown) {
    return new RunSettings(folder, existing, changes, cancellation, Optional.of(shown), alongside);
  }

  /** Returns these settings for a run that writes more beside its results. */
  public RunSettings writing(Publication more) {
    return new RunSettings(folder, existing, changes, cancellation, listener, more);
  }
}
