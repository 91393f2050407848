package io.hone.cli.model;

import io.hone.api.BadInputException;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.cli.process.ExitCode;
import io.hone.cli.text.TextTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the values inside a classifier that metrics such as coverage can look at. */
@Command(
    name = "layers",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the values inside a classifier that metrics such as coverage can look at, in the order"
          + " in which the network computes them.",
      "The units of a channel share their weights; in a dense layer each unit is a channel. A star"
          + " marks what activation functions return, which a metric looks at where no layer is"
          + " named."
    })
final class ModelLayersCommand implements Callable<Integer> {
  @Mixin private ModelArguments model;

  @Option(
      names = "--height",
      paramLabel = "H",
      description = "Rows of the images, where the model takes any.")
  private @Nullable Integer height;

  @Option(names = "--width", paramLabel = "W", description = "Columns, likewise.")
  private @Nullable Integer width;

  @Override
  public Integer call() {
    try (OpenedModel opened = model.open()) {
      ModelCard.Input input = opened.card().input();
      ImageShape shape =
          new ImageShape(
              input.channels(),
              size("--height", input.height(), height),
              size("--width", input.width(), width));
      List<NeuronLayer> layers = opened.layers(shape);
      if (layers.isEmpty()) {
        throw new BadInputException(
            "the backend of %s reads no values inside it; name an ONNX file"
                .formatted(opened.card().name()));
      }
      TextTable table =
          new TextTable(false, "layer", "operator", "channels", "units of each", "activation");
      for (NeuronLayer layer : layers) {
        table.add(
            List.of(
                layer.name(),
                layer.operator(),
                String.valueOf(layer.channels()),
                String.valueOf(layer.positions()),
                layer.activation() ? "*" : ""));
      }
      table.print(System.out);
      return ExitCode.DONE;
    }
  }

  private static int size(String option, Optional<Integer> ofModel, @Nullable Integer given) {
    if (given != null && given < 1) {
      throw new BadInputException(option + " must be at least 1, not " + given);
    }
    if (given != null && ofModel.isPresent() && !ofModel.get().equals(given)) {
      throw new BadInputException(
          "%s is %d, but the model takes %d alone".formatted(option, given, ofModel.get()));
    }
    return ofModel
        .or(() -> Optional.ofNullable(given))
        .orElseThrow(
            () ->
                new BadInputException(
                    "the model takes images of any size; give --height and --width"));
  }
}
