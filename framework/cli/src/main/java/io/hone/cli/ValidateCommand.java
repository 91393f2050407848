package io.hone.cli;

import io.hone.Hone;
import io.hone.Validated;
import io.hone.cli.install.Installation;
import io.hone.cli.install.PluginOptions;
import io.hone.cli.process.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Finds what is wrong with a scenario without running it. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Checks a scenario, for hone run or for hone train, with its components, data and models,"
            + " without running it.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ScenarioArguments scenario;
  @Mixin private PluginOptions plugins;

  @Override
  public Integer call() {
    try (Hone hone = plugins.open(scenario.dataDirectory)) {
      Validated validated = hone.validate(scenario.file, scenario.options());
      String makes =
          validated
              .training()
              .map(made -> training(made, validated.entries()))
              .orElse(validated.entries() + " result entries");
      System.out.println(scenario.file + " is valid: " + makes);
      return ExitCode.DONE;
    }
  }

  private static String training(Validated.Training first, int trainings) {
    String makes = first.trainer() + " makes " + Installation.shown(first.model());
    return trainings > 1 ? makes + " and " + (trainings - 1) + " more" : makes;
  }
}
