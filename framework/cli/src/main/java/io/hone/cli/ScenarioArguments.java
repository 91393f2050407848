package io.hone.cli;

import io.hone.scenario.ScenarioOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A scenario file and what the command line changes of it. */
final class ScenarioArguments {
  @Parameters(index = "0", paramLabel = "FILE", description = "The scenario, a YAML file.")
  Path file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Changes one value, such as steps.fgsm.attack.with.epsilon=0.1.")
  private List<String> overrides = List.of();

  @Option(names = "--limit", paramLabel = "N", description = "Runs the first N samples only.")
  private Long limit;

  @Option(names = "--batch", paramLabel = "N", description = "Images per batch.")
  private Integer batch;

  @Option(names = "--threads", paramLabel = "N", description = "Threads that share a batch.")
  private Integer threads;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets are; default HONE_DATA_DIR, else ~/.cache/hone/datasets.")
  Optional<Path> dataDirectory;

  ScenarioOptions options() {
    return new ScenarioOptions(
        overrides,
        limit == null ? OptionalLong.empty() : OptionalLong.of(limit),
        batch == null ? OptionalInt.empty() : OptionalInt.of(batch),
        threads == null ? OptionalInt.empty() : OptionalInt.of(threads));
  }
}
