package io.hone.cli.model;

import io.hone.api.BadInputException;
import io.hone.api.activation.NeuronLayer;
import io.hone.cli.process.ExitCode;
import io.hone.cli.text.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private ImageSizeOptions size;

  @Override
  public Integer call() {
    try (OpenedModel opened = model.open()) {
      List<NeuronLayer> layers = opened.layers(size.of(opened.card()));
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
}
