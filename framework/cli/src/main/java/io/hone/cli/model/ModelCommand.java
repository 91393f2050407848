package io.hone.cli.model;

import picocli.CommandLine.Command;

/** Looks into model files, and differentiates them. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = {
      "Looks into model files, and differentiates them.",
      "FILE is an .onnx file, or a folder with a card (model.yaml) that tells what the graph does"
          + " not: layout, order of channels, range, mean and standard deviation."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelInspectCommand.class,
      ModelLayersCommand.class,
      ModelCardCommand.class,
      ModelCheckCommand.class,
      ModelGradientCommand.class,
      ModelExportCommand.class
    })
public final class ModelCommand {
  private ModelCommand() {}
}
