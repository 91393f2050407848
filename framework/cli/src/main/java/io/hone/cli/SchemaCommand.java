package io.hone.cli;

import io.hone.Hone;
import io.hone.api.BadInputException;
import io.hone.cli.install.PluginOptions;
import io.hone.cli.process.ExitCode;
import io.hone.engine.step.StepTypes;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.document.StepGrammars;
import io.hone.scenario.schema.ScenarioSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the JSON Schema of scenarios or model cards, for editors. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Prints the JSON Schema of scenarios, with every installed component.")
final class SchemaCommand implements Callable<Integer> {
  @Option(names = "--training", description = "The schema of files for hone train instead.")
  private boolean training;

  @Option(names = "--card", description = "The schema of model cards (model.yaml) instead.")
  private boolean card;

  @Mixin private PluginOptions plugins;

  @Override
  public Integer call() {
    if (card && training) {
      throw new BadInputException("--card and --training are two schemas; give one of them");
    }
    if (card) {
      System.out.println(ScenarioSchema.ofCards().toPrettyString());
      return ExitCode.DONE;
    }
    try (Hone hone = plugins.open()) {
      ComponentRegistry registry = hone.components();
      StepGrammars steps = StepTypes.installed().grammars();
      System.out.println(
          (training
                  ? ScenarioSchema.ofTrainings(registry, steps)
                  : ScenarioSchema.ofScenarios(registry, steps))
              .toPrettyString());
      return ExitCode.DONE;
    }
  }
}
