package io.hone.cli;

import io.hone.core.component.ComponentRegistry;
import io.hone.core.schema.ScenarioSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the JSON Schema of scenarios, for editors. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Prints the JSON Schema of scenarios, with every installed component.")
final class SchemaCommand implements Callable<Integer> {
  @Option(names = "--training", description = "The schema of files for hone train instead.")
  private boolean training;

  @Mixin private PluginOptions plugins;

  @Override
  public Integer call() {
    try (Session session = new Session(Installation.current(), plugins)) {
      ComponentRegistry registry = session.host().registry();
      System.out.println(
          (training ? ScenarioSchema.ofTrainings(registry) : ScenarioSchema.ofScenarios(registry))
              .toPrettyString());
      return ExitCode.DONE;
    }
  }
}
