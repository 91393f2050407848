package io.hone.cli;

import io.hone.api.model.ModelCard;
import io.hone.api.run.RunCancelledException;
import io.hone.core.engine.Cancellation;
import io.hone.core.engine.DataFolder;
import io.hone.core.engine.RunServices;
import io.hone.core.scenario.ScenarioOptions;
import io.hone.core.scenario.TrainingScenario;
import io.hone.core.scenario.TrainingScenarioReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a model. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains a model, exports it to ONNX and writes its card.")
final class TrainCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "The training scenario.")
  private Path file;

  @Mixin private PluginOptions plugins;

  @Option(
      names = "--resume",
      description = "Goes on from the checkpoints of an interrupted training.")
  private boolean resume;

  @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Changes one value.")
  private List<String> overrides = List.of();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets are; default HONE_DATA_DIR, else ~/.cache/hone/datasets.")
  private Optional<Path> dataDirectory;

  @Override
  public Integer call() throws IOException {
    Cancellation cancellation = new Cancellation();
    Signals.cancelOn(cancellation);
    Installation installation = Installation.current();
    try (Session session = new Session(installation, plugins)) {
      TrainingScenario scenario =
          new TrainingScenarioReader(session.host().registry(), installation.home())
              .read(file, ScenarioOptions.of(overrides.toArray(String[]::new)));
      try (RunServices services =
          session.services(scenario, DataFolder.of(dataDirectory), cancellation)) {
        ModelCard card = session.trainings(scenario, services).train(scenario, resume);
        show(card, scenario.out());
        return ExitCode.DONE;
      }
    } catch (RunCancelledException e) {
      System.err.println("cancelled: checkpoints are kept; --resume goes on from them.");
      return ExitCode.CANCELLED;
    }
  }

  private static void show(ModelCard card, Path folder) {
    System.out.println("model: " + Installation.shown(folder));
    if (card.training().get("figures") instanceof Map<?, ?> figures) {
      TextTable table = new TextTable(true, "figure", "value");
      figures.forEach((name, value) -> table.add(List.of(name.toString(), value.toString())));
      table.print(System.out);
    }
  }
}
