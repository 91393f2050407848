package io.hone.cli;

import io.hone.Hone;
import io.hone.RunSettings;
import io.hone.api.BadInputException;
import io.hone.api.run.RunCancelledException;
import io.hone.cli.install.Installation;
import io.hone.cli.install.PluginOptions;
import io.hone.cli.process.ExitCode;
import io.hone.cli.process.Signals;
import io.hone.cli.text.ResultTable;
import io.hone.engine.RunResult;
import io.hone.engine.context.Cancellation;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.Status;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
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
      names = "--check",
      description =
          "Checks that the figures can be trusted, as check: true in the scenario does; see"
              + " docs/self-checks.md.")
  private boolean check;

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
    Cancellation cancellation = new Cancellation();
    Signals.cancelOn(cancellation);
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Hone hone = plugins.open(scenario.dataDirectory, meters)) {
      RunResult result =
          hone.run(
              scenario.file,
              new RunSettings(
                  Optional.ofNullable(out),
                  existing(),
                  check ? scenario.options().checking() : scenario.options(),
                  cancellation,
                  Optional.empty(),
                  this::writePictures));
      if (prometheus != null) {
        new PrometheusFile(prometheus).write(meters.scrape());
      }
      return show(result);
    } catch (RunCancelledException e) {
      System.err.println("cancelled before the first batch; nothing was written.");
      return ExitCode.CANCELLED;
    }
  }

  private void writePictures(RunResult result) throws IOException {
    if (pictures) {
      new PictureFiles(result.folder()).write();
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

  private int show(RunResult result) {
    new ResultTable(result.summary()).print(System.out);
    System.out.println("results: " + Installation.shown(result.folder()));
    System.out.println("report:  " + Installation.shown(result.folder().resolve("report.html")));
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
