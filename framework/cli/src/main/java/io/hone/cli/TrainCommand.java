package io.hone.cli;

import io.hone.Hone;
import io.hone.TrainingSettings;
import io.hone.api.model.ModelCard;
import io.hone.api.run.RunCancelledException;
import io.hone.cli.install.Installation;
import io.hone.cli.install.PluginOptions;
import io.hone.cli.process.ExitCode;
import io.hone.cli.process.Signals;
import io.hone.cli.text.TextTable;
import io.hone.engine.context.Cancellation;
import io.hone.scenario.ScenarioOptions;
import io.hone.training.TrainingPage;
import java.io.IOException;
import java.nio.file.Files;
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
    description =
        "Trains a model, exports it to ONNX, writes its card and a page of curves. With a matrix,"
            + " trains a model for each of its points, and shows their figures in one table.")
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
    try (Hone hone = plugins.open(dataDirectory)) {
      List<ModelCard> cards =
          hone.trainAll(
              file,
              new TrainingSettings(
                  resume, ScenarioOptions.of(overrides.toArray(String[]::new)), cancellation));
      if (cards.size() == 1) {
        show(cards.get(0));
      } else {
        TrainedModels.of(cards).show(System.out);
      }
      return ExitCode.DONE;
    } catch (RunCancelledException e) {
      System.err.println("cancelled: checkpoints are kept; --resume goes on from them.");
      return ExitCode.CANCELLED;
    }
  }

  private static void show(ModelCard card) {
    Path folder = card.file().getParent();
    System.out.println("model: " + Installation.shown(folder));
    Path page = folder.resolve(TrainingPage.FILE_NAME);
    if (Files.exists(page)) {
      System.out.println("page:  " + Installation.shown(page));
    }
    if (card.training().get("figures") instanceof Map<?, ?> figures) {
      TextTable table = new TextTable(true, "figure", "value");
      figures.forEach((name, value) -> table.add(List.of(name.toString(), value.toString())));
      table.print(System.out);
    }
  }
}
