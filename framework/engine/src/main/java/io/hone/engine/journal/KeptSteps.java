package io.hone.engine.journal;

import io.hone.engine.journal.Journal.Named;
import io.hone.engine.step.FinishedSteps;
import io.hone.engine.step.StepResult;
import io.hone.scenario.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;

/**
 * Keeps the finished steps of one unit on disk, so that no interruption loses long work: after a
 * while of work, and when the unit fails or is cancelled.
 *
 * <p>Quick steps are not written as they end: writing them would take longer than to make them
 * again.
 */
public final class KeptSteps implements FinishedSteps {
  /** How much work an end without warning may lose, but for the step that was at work. */
  private static final long WORTH_KEEPING = Duration.ofSeconds(2).toNanos();

  private final Journal journal;
  private final SampleRange samples;
  private final List<Step> steps;
  private final List<Named> recorded;
  private final Map<Integer, StepResult> unwritten = new TreeMap<>();
  private final Set<Integer> written = new TreeSet<>();
  private long lastWritten = System.nanoTime();

  /**
   * Starts to keep a unit's steps.
   *
   * @param samples of the unit
   * @param steps of the scenario
   * @param recorded the records of steps that earlier processes left
   */
  public KeptSteps(Journal journal, SampleRange samples, List<Step> steps, List<Named> recorded) {
    this.journal = journal;
    this.steps = steps;
    this.samples = samples;
    this.recorded = recorded.stream().filter(step -> step.samples().covers(samples)).toList();
  }

  @Override
  public Optional<StepResult> find(int step, List<StepResult> received) {
    for (Named record : recorded) {
      if (record.step() == step) {
        try {
          return Optional.of(
              journal.readStep(
                  record.samples(),
                  step,
                  (head, input) ->
                      StepRecord.read(
                          input, record.samples(), samples, steps.get(step), received)));
        } catch (IOException damaged) {
          // It was whole when the run began. The step is simply run again.
          LoggerFactory.getLogger(KeptSteps.class).warn("{} {}", record.file(), damaged.toString());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void add(int step, StepResult result) {
    unwritten.put(step, result);
    if (System.nanoTime() - lastWritten >= WORTH_KEEPING) {
      try {
        write();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void write() throws IOException {
    for (Map.Entry<Integer, StepResult> step : unwritten.entrySet()) {
      journal.write(samples, step.getKey(), step.getValue());
      written.add(step.getKey());
    }
    unwritten.clear();
    lastWritten = System.nanoTime();
  }

  /** Writes what is finished, since the unit goes no further: it failed, or was cancelled. */
  public void keep(Throwable reason) {
    try {
      write();
    } catch (IOException | RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  /** Deletes the records of this unit's steps: the unit itself has one now. */
  public void forget() throws IOException {
    unwritten.clear();
    for (int step : written) {
      journal.deleteStep(samples, step);
    }
  }
}
