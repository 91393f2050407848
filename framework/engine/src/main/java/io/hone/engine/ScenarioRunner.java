package io.hone.engine;

import io.hone.api.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Progress;
import io.hone.api.run.RunCancelledException;
import io.hone.engine.check.CheckOutcome;
import io.hone.engine.context.RunServices;
import io.hone.engine.failure.FailureMessage;
import io.hone.engine.failure.MachineFault;
import io.hone.engine.journal.ArrayFiles;
import io.hone.engine.journal.Journal;
import io.hone.engine.journal.JournalSurvey;
import io.hone.engine.journal.KeptSteps;
import io.hone.engine.journal.RunIdentity;
import io.hone.engine.journal.SampleRange;
import io.hone.engine.model.ModelLibrary;
import io.hone.engine.progress.RunProgress;
import io.hone.engine.results.ExampleMatrix;
import io.hone.engine.results.FileNames;
import io.hone.engine.results.FolderLock;
import io.hone.engine.results.ResultFolder;
import io.hone.engine.results.Status;
import io.hone.engine.results.SummaryFile;
import io.hone.engine.step.OtherModel;
import io.hone.scenario.Scenario;
import io.hone.scenario.Step;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Runs a scenario: prepares it, works through its samples in units, and writes the results.
 *
 * <p>Units are shards of batches; they run side by side, one thread each, and leave a record in the
 * journal. The results are put together from the records, in order, so they do not depend on how
 * the samples were divided, nor on interruptions.
 */
public final class ScenarioRunner {
  private final ModelLibrary models;

  /** Creates a runner that opens models from the given library, which the caller closes. */
  public ScenarioRunner(ModelLibrary models) {
    this.models = models;
  }

  /** Writes what belongs beside the results, such as a report. */
  public interface Publication {
    /** Called while the result folder is still this run's alone. */
    void write(RunResult result) throws IOException;
  }

  /**
   * Finds what cannot work in a scenario without running it.
   *
   * @throws BadInputException naming what does not fit
   */
  public void validate(Scenario scenario, RunOptions options) {
    check(scenario, options);
    try (RunServices services = services(scenario, options, options.meters())) {
      new ScenarioPreparation(scenario, services).prepare().close();
    }
  }

  /**
   * Runs a scenario.
   *
   * @throws BadInputException for what is found before the first batch; nothing was written then
   * @throws RunCancelledException if the run was cancelled before; nothing was written then either
   * @throws IOException if the results cannot be written
   */
  public RunResult run(Scenario scenario, RunOptions options) throws IOException {
    return run(scenario, options, result -> {});
  }

  /**
   * Runs a scenario and writes more than its results into the same folder.
   *
   * @param publication called once at the end, also of a run that failed or was cancelled
   * @throws BadInputException for what is found before the first batch; nothing was written then
   * @throws RunCancelledException if the run was cancelled before; nothing was written then either
   * @throws IOException if the results cannot be written
   */
  public RunResult run(Scenario scenario, RunOptions options, Publication publication)
      throws IOException {
    Instant started = Instant.now();
    options.output().requireNoOwner();
    check(scenario, options);
    FolderLock lock = options.output().own(options.listener()::notice);
    try (Meters meters = new Meters(options.meters());
        RunServices services = services(scenario, options, meters.registry())) {
      // Another run may have ended here between the first look and the lock.
      options.output().check(options.existing());
      try (PreparedScenario prepared = new ScenarioPreparation(scenario, services).prepare()) {
        RunResult result = run(prepared, options, services, meters, started);
        publication.write(result);
        return result;
      } catch (IOException | UncheckedIOException e) {
        throw new IOException(unwritable(options.output(), e), e);
      }
    } finally {
      lock.close();
    }
  }

  private static void check(Scenario scenario, RunOptions options) {
    options.output().check(options.existing());
    Path folder = options.output().path();
    String advice = "use shorter ids, fewer axes in the matrix or a shorter --out";
    for (Step step : scenario.steps()) {
      if (scenario.save() != Scenario.Save.NONE) {
        ArrayFiles.problem(folder, step.name())
            .ifPresent(problem -> refuse(scenario, step, problem, advice + ", or save: none"));
      }
      step.sweep()
          .flatMap(sweep -> FileNames.problem(ExampleMatrix.sheet(folder, sweep.name())))
          .ifPresent(problem -> refuse(scenario, step, problem, advice));
    }
  }

  private static void refuse(Scenario scenario, Step step, String problem, String advice) {
    throw scenario
        .places()
        .error("steps." + step.id(), "the images of this step cannot be saved: " + problem, advice);
  }

  private RunResult run(
      PreparedScenario prepared,
      RunOptions options,
      RunServices services,
      Meters meters,
      Instant started)
      throws IOException {
    prepared.profiles().make(services);
    RunIdentity identity =
        RunIdentity.of(
            prepared.scenario().effective(),
            prepared.samples(),
            prepared.dataset().fingerprint(),
            prepared.model().card().sha256(),
            others(prepared));
    Journal journal =
        new Journal(
            options.output().journal(), identity, prepared::emptyFolds, services.runNotices());
    if (options.existing() == ResultFolder.Existing.RESUME) {
      checkResumed(journal, identity, options);
    }
    // From here on results that are there may be replaced.
    options.cancellation().check();
    options.output().prepare(options.existing());
    JournalSurvey survey =
        new JournalSurvey(journal, prepared.samples(), options.listener()::notice);
    journal.start();
    survey.read();
    services.runNotices().working(true);
    Ending ending = work(prepared, journal, survey, services, meters);
    CheckOutcome checks = CheckOutcome.NONE;
    if (ending.status() == Status.COMPLETED) {
      try {
        checks = new RunChecks(prepared, services).make(workFolder(options));
      } catch (RunCancelledException cancelled) {
        ending = Ending.CANCELLED;
      }
    }
    services.runNotices().working(false);
    ResultAssembly assembly =
        new ResultAssembly(prepared, journal, options, services, meters, identity.sha256(), checks);
    RunResult result = assembly.write(ending.status(), ending.error(), started);
    return ending.resumable() ? result : result.notResumable();
  }

  /**
   * Returns the content of all models but the first one under test, of the steps' files and of the
   * profile's images.
   */
  private static List<String> others(PreparedScenario prepared) {
    Stream<String> models =
        Stream.of(
                prepared.models().stream().skip(1).map(PreparedModel::card),
                prepared.workers().stream()
                    .flatMap(worker -> worker.other().stream())
                    .map(OtherModel::card),
                prepared.twin().stream().map(PreparedTwin::card))
            .flatMap(Function.identity())
            .map(ModelCard::sha256);
    Stream<String> files =
        prepared.workers().stream().flatMap(worker -> worker.contents().stream());
    return Stream.of(models, files, prepared.profiles().contents().stream())
        .flatMap(Function.identity())
        .toList();
  }

  private RunServices services(Scenario scenario, RunOptions options, MeterRegistry meters) {
    return new RunServices(
        scenario.seed(),
        scenario.threads(),
        options.dataFolder(),
        workFolder(options),
        models,
        options.listener(),
        options.cancellation(),
        meters);
  }

  private static Path workFolder(RunOptions options) {
    return options.output().path().resolve("work");
  }

  /** Refuses to go on from what this run did not leave; a damaged journal is no reason. */
  private static void checkResumed(Journal journal, RunIdentity identity, RunOptions options)
      throws IOException {
    Path folder = options.output().path();
    Journal.Owner owner = journal.owner();
    if (owner == Journal.Owner.ANOTHER_VERSION) {
      throw new BadInputException(
          folder
              + " holds a run that another version of Hone began, whose records this version does"
              + " not read; finish it with that version, or begin anew with --overwrite");
    }
    boolean another =
        owner == Journal.Owner.ANOTHER_RUN
            || owner == Journal.Owner.NOBODY
                && !completed(folder).map(identity.sha256()::equals).orElse(true);
    if (another) {
      List<String> differences = journal.differences();
      throw new BadInputException(
          folder
              + (differences.isEmpty()
                  ? " holds a run of another scenario, model or data"
                  : " holds a run that differs from this one in: " + String.join(", ", differences))
              + "; resume it with the files and options it was started with, or choose another"
              + " --out");
    }
    if (owner == Journal.Owner.UNKNOWN) {
      options
          .listener()
          .notice(
              "the record of which run "
                  + folder
                  + " holds is damaged, and so is all else there; everything is computed again");
    }
  }

  /** Returns the identity of the complete run in a folder; empty if there is none. */
  private static Optional<String> completed(Path folder) {
    return Files.isRegularFile(folder.resolve(SummaryFile.NAME))
        ? Optional.of(String.valueOf(SummaryFile.read(folder).provenance().get("identity")))
        : Optional.empty();
  }

  private record Ending(Status status, @Nullable String error, boolean resumable) {
    static final Ending COMPLETED = new Ending(Status.COMPLETED, null, true);
    static final Ending CANCELLED = new Ending(Status.CANCELLED, null, true);

    /** Bad input that shows only now must be corrected, and then the run is another one. */
    static Ending failed(Throwable cause) {
      return new Ending(Status.FAILED, describe(cause), !(cause instanceof BadInputException));
    }
  }

  private Ending work(
      PreparedScenario prepared,
      Journal journal,
      JournalSurvey survey,
      RunServices services,
      Meters meters) {
    Scenario scenario = prepared.scenario();
    UnitFunction function = new UnitFunction(prepared, services.cancellation());
    UnitRecorder recorder =
        new UnitRecorder(
            prepared.dataset().shape(),
            prepared.classNames(),
            scenario.save(),
            prepared::emptyFolds,
            prepared.observed());
    DirectMemory memory = new DirectMemory();
    List<SampleRange> missing = survey.missing();
    long start = System.nanoTime();
    long left = missing.stream().mapToLong(SampleRange::count).sum();
    new CostForecast(prepared, models.registry()).tell(left, services.listener()::notice);
    UnitPool pool = new UnitPool(scenario.threads(), services.cancellation());
    try (Progress shown =
        services
            .listener()
            .progress(scenario.name(), left * Math.max(1, scenario.steps().size()))) {
      RunProgress progress =
          new RunProgress(
              shown,
              scenario.steps(),
              prepared.expectedQueries(),
              left,
              scenario.threads(),
              System::nanoTime);
      pool.run(
          pool.units(missing, scenario.batch()),
          unit ->
              () -> {
                KeptSteps steps = new KeptSteps(journal, unit, scenario.steps(), survey.steps());
                try {
                  UnitFunction.UnitResult result =
                      function.run(unit, steps, progress.unit(unit.count()));
                  journal.write(recorder.record(result));
                  meters.count(result);
                  memory.bound();
                } catch (IOException | RuntimeException | Error failure) {
                  steps.keep(failure);
                  throw failure;
                }
                steps.forget();
                return unit;
              });
      return Ending.COMPLETED;
    } catch (ExecutionException e) {
      return e.getCause() instanceof RunCancelledException
          ? Ending.CANCELLED
          : Ending.failed(Objects.requireNonNullElse(e.getCause(), e));
    } finally {
      meters.rate((System.nanoTime() - start) / 1e9);
    }
  }

  private static String unwritable(ResultFolder output, Exception failure) {
    return "the results cannot be written to "
        + output.path()
        + ": "
        + (failure.getMessage() == null ? failure : failure.getMessage())
        + "; put that right, and go on with --resume: finished batches are kept";
  }

  private static String describe(Throwable failure) {
    LoggerFactory.getLogger(ScenarioRunner.class).debug("the run failed", failure);
    return failure instanceof IOException || failure instanceof UncheckedIOException
        ? "the results cannot be written: "
            + failure
            + MachineFault.advice(failure).map(advice -> "; " + advice).orElse("")
        : FailureMessage.of(failure);
  }
}
