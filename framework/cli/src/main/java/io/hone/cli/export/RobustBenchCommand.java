package io.hone.cli.export;

import io.hone.api.BadInputException;
import io.hone.cli.install.Installation;
import io.hone.cli.process.ExitCode;
import io.hone.cli.process.OutputFile;
import io.hone.engine.results.SummaryFile;
import io.hone.host.component.PixelSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the result of an attack as an entry of a RobustBench leaderboard. */
@Command(
    name = "robustbench",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the result of an attack as an entry of a RobustBench leaderboard.",
      "What a leaderboard requires and the run lacks is told on standard error; docs/robustbench.md"
          + " explains it."
    })
final class RobustBenchCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "The result folder of a run.")
  private Path folder;

  @Option(
      names = "--step",
      paramLabel = "NAME",
      description = "The attack, by the name of its result. Default: the only attack of the run.")
  private String step;

  @Option(names = "--name", description = "Name of the entry, usually the title of the paper.")
  private String name;

  @Option(names = "--authors", description = "The authors, separated by commas.")
  private String authors;

  @Option(names = "--venue", description = "Where the paper appeared, such as \"ICML 2026\".")
  private String venue;

  @Option(names = "--architecture", description = "The architecture, such as WideResNet-28-10.")
  private String architecture;

  @Option(names = "--link", paramLabel = "URL", description = "Where the paper is.")
  private String link;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "The data set as RobustBench names it. Default: the scenario's, if its id is cifar10,"
              + " cifar100 or imagenet.")
  private String dataset;

  @Option(
      names = "--eps",
      paramLabel = "RADIUS",
      description = "The radius of the ball, such as 8/255, where the summary does not tell it.")
  private String eps;

  @Option(
      names = "--additional-data",
      description = "The model was trained with data beside the data set.")
  private boolean additionalData;

  @Option(
      names = "--reported",
      paramLabel = "PERCENT",
      description = "The robust accuracy that the authors report.")
  private Double reported;

  @Option(names = "--footnote", paramLabel = "TEXT", description = "Anything else to tell.")
  private String footnote;

  @Option(names = "--out", paramLabel = "FILE", description = "The file. Default: standard output.")
  private Path out;

  @Option(names = "--overwrite", description = "Replaces the file in --out.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    if (out != null) {
      OutputFile.check(out, overwrite);
    }
    AttackedRun run = AttackedRun.of(SummaryFile.read(folder), Optional.ofNullable(step));
    String data = dataset(run);
    requireMetadata(data);
    double radius = radius(run);
    RobustBenchEntry entry = entry(run, data, radius);
    new RobustBenchReview(run, data, folder)
        .differences(radius)
        .forEach(difference -> System.err.println("note: " + difference + "."));
    if (reported == null) {
      System.err.println(
          "note: the entry tells no robust accuracy that the authors report; give --reported.");
    }
    if (out == null) {
      System.out.print(entry.json());
    } else {
      Files.writeString(out, entry.json());
      System.out.println("written: " + Installation.shown(out));
    }
    return ExitCode.DONE;
  }

  /** Only ids that are names of RobustBench tell by themselves what the images are. */
  private String dataset(AttackedRun run) {
    if (dataset != null) {
      return dataset;
    }
    return run.ofScenario("dataset", "use")
        .map(Object::toString)
        .filter(id -> !ThreatModel.of(id).isEmpty())
        .orElse("");
  }

  private void requireMetadata(String data) {
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("--name", name);
    needed.put("--authors", authors);
    needed.put("--venue", venue);
    needed.put("--architecture", architecture);
    needed.put("--link", link);
    needed.put("--dataset", data);
    List<String> missing = new ArrayList<>();
    needed.forEach(
        (option, value) -> {
          if (value == null || value.isBlank()) {
            missing.add(option);
          }
        });
    if (!missing.isEmpty()) {
      throw new BadInputException(
          "a RobustBench entry needs what no run tells; give " + String.join(", ", missing));
    }
    if (reported != null && !(reported >= 0 && reported <= 100)) {
      throw new BadInputException("--reported: a percentage is from 0 to 100, not " + reported);
    }
  }

  private double radius(AttackedRun run) {
    OptionalDouble found = run.radius();
    if (found.isPresent() && eps != null) {
      throw new BadInputException(
          "--eps: the results tell the radius themselves, "
              + ThreatModel.radius(run.attack().norm(), found.getAsDouble())
              + "; leave --eps out");
    }
    if (found.isPresent()) {
      return found.getAsDouble();
    }
    if (eps == null) {
      throw new BadInputException(
          "the results do not tell within which radius "
              + run.attack().name()
              + " worked; give --eps, such as --eps 8/255");
    }
    try {
      return PixelSize.parse(eps).orElseGet(() -> Double.parseDouble(eps));
    } catch (NumberFormatException notANumber) {
      throw new BadInputException(
          "--eps: " + eps + " is no radius; write 0.5 or 8/255", notANumber);
    }
  }

  private RobustBenchEntry entry(AttackedRun run, String data, double radius) {
    return new RobustBenchEntry(
        link,
        name,
        authors,
        additionalData,
        "1",
        data,
        venue,
        architecture,
        ThreatModel.radius(run.attack().norm(), radius),
        RobustBenchEntry.percent(run.cleanAccuracy()),
        reported == null ? null : RobustBenchEntry.percent(reported / 100),
        RobustBenchEntry.percent(run.robustAccuracy()),
        footnote,
        !run.doubts().isEmpty());
  }
}
