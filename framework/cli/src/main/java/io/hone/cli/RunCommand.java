package io.hone.cli;

import io.hone.api.component.BadInputException;
import io.hone.api.run.RunCancelledException;
import io.hone.core.engine.Cancellation;
import io.hone.core.engine.DataFolder;
import io.hone.core.engine.RunOptions;
import io.hone.core.engine.RunResult;
import io.hone.core.engine.ScenarioRunner;
import io.hone.core.results.ResultFolder;
import io.hone.core.results.ResultFolder.Existing;
import io.hone.core.results.Status;
import io.hone.core.scenario.Scenario;
import io.hone.core.scenario.ScenarioReader;
import io.hone.report.HtmlReport;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a scenario. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs a scenario and writes its results.")
final class RunCommand implements Callable<Integer> {
  @Mixin private ScenarioArguments scenario;
  @Mixin private PluginOptions plugins;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go: a new or empty folder. Default: runs/NAME, replaced.")
  private Path out;

  @Option(names = "--resume", description = "Goes on where an interrupted run stopped.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replaces the results in --out.")
  private boolean overwrite;

  @Option(
      names = "--pictures",
      description = "Writes the saved images as PNG files too, below pictures/.")
  private boolean pictures;

  @Option(
      names = "--prometheus",
      paramLabel = "FILE",
      description = "Writes the run's meters as Prometheus text; replaces only such a file.")
  private Path prometheus;

  @Override
  public Integer call() throws IOException {
    if (prometheus != null) {
      new PrometheusFile(prometheus).check();
    }
    Console console = Console.ofProcess();
    Cancellation cancellation = new Cancellation();
    Signals.cancelOn(cancellation);
    Installation installation = Installation.current();
    try (Session session = new Session(installation, plugins)) {
      Scenario read =
          new ScenarioReader(session.host().registry(), installation.home())
              .read(scenario.file, scenario.options());
      ResultFolder folder = new ResultFolder(out == null ? Path.of("runs", read.name()) : out);
      PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      RunOptions options =
          new RunOptions(
              folder,
              existing(),
              DataFolder.of(scenario.dataDirectory),
              console,
              cancellation,
              meters,
              session.provenance());
      RunResult result =
          new ScenarioRunner(session.models()).run(read, options, ended -> publish(ended, folder));
      if (prometheus != null) {
        new PrometheusFile(prometheus).write(meters.scrape());
      }
      return show(result, folder);
    } catch (RunCancelledException e) {
      System.err.println("cancelled before the first batch; nothing was written.");
      return ExitCode.CANCELLED;
    }
  }

  private void publish(RunResult result, ResultFolder folder) throws IOException {
    new HtmlReport()
        .write(result.summary(), result.gallery(), folder.path().resolve("report.html"));
    if (pictures) {
      new PictureFiles(folder.path()).write();
    }
  }

  private Existing existing() {
    if (resume && overwrite) {
      throw new BadInputException("--resume and --overwrite exclude each other; give one of them");
    }
    if (resume) {
      return Existing.RESUME;
    }
    return overwrite || out == null ? Existing.REPLACE : Existing.REFUSE;
  }

  private int show(RunResult result, ResultFolder folder) {
    new ResultTable(result.summary()).print(System.out);
    System.out.println("results: " + Installation.shown(folder.path()));
    System.out.println("report:  " + Installation.shown(folder.path().resolve("report.html")));
    if (result.status() == Status.FAILED) {
      System.err.println("error: " + result.summary().error());
      System.err.println(
          result.resumable()
              ? "Finished batches are kept; --resume goes on from them once the cause is removed."
              : "With corrected input this is another run: start it again with --overwrite.");
      return ExitCode.FAILED;
    }
    if (result.status() == Status.CANCELLED) {
      System.err.println("cancelled: finished batches are kept; --resume goes on from them.");
      return ExitCode.CANCELLED;
    }
    return result.expectationsMet() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
