package io.hone.cli.model;

import io.hone.cli.install.PluginOptions;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The model that a command is about. */
final class ModelArguments {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "An .onnx file, or a folder with a model.yaml.")
  private Path file;

  @Mixin private PluginOptions plugins;

  /** Opens the plugins; the model is opened when it is asked for. */
  OpenedModel open() {
    return new OpenedModel(file, plugins);
  }
}
