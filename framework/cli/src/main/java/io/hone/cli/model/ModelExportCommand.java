package io.hone.cli.model;

import io.hone.api.model.ModelCard;
import io.hone.cli.install.Installation;
import io.hone.cli.process.ExitCode;
import io.hone.cli.process.OutputFile;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnxruntime.GradientExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model's differentiated graph. */
@Command(
    name = "export-gradient",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the differentiated graph as ONNX (opset 18), for use without Hone.",
      "It takes image, float N x C x H x W in [0, 1], and labels, int64 N; it returns logits, loss"
          + " (each image's own) and gradient (of each image's own loss to that image). What the"
          + " card says of layout, order of channels, range, mean and standard deviation is part of"
          + " the graph."
    })
final class ModelExportCommand implements Callable<Integer> {
  @Mixin private ModelArguments model;
  @Mixin private LossOptions loss;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "F.onnx",
      description = "The file to write.")
  private Path out;

  @Option(names = "--overwrite", description = "Replaces the file.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    OutputFile.check(out, overwrite);
    try (OpenedModel opened = model.open()) {
      ModelCard card = opened.card();
      OnnxModel graph = GradientExport.of(card, loss.loss(), loss.formula(), opened.run(0));
      byte[] bytes = graph.toBytes();
      Files.write(out, bytes);
      System.out.printf(
          Locale.ROOT,
          "%-14s %s, %,d bytes, opset %d, %,d nodes%n",
          "written",
          Installation.shown(out),
          bytes.length,
          graph.opset(),
          graph.nodes().size());
      System.out.printf("%-14s %s%n", "model", Installation.shown(card.file()));
      System.out.printf("%-14s %s%n", "preprocessing", preprocessing(card.input()));
      graph.inputs().forEach(port -> print("input", port));
      graph.outputs().forEach(port -> print("output", port));
      System.out.printf("%-14s %s%n", "loss", loss.formula());
      return ExitCode.DONE;
    }
  }

  private static void print(String kind, TensorInfo port) {
    System.out.printf("%-14s %s%n", kind, Ports.text(port));
  }

  private static String preprocessing(ModelCard.Input input) {
    StringBuilder text = new StringBuilder();
    if (!input.range().equals(ModelCard.Range.UNIT)) {
      text.append(", to the range " + List.of(input.range().low(), input.range().high()));
    }
    if (!input.mean().isEmpty() || !input.std().isEmpty()) {
      text.append(", mean " + input.mean() + " and std " + input.std());
    }
    if (input.order() == ModelCard.Order.BGR) {
      text.append(", channels turned to blue, green, red");
    }
    if (input.layout() == ModelCard.Layout.NHWC) {
      text.append(", channels moved last");
    }
    return text.isEmpty() ? "none: the model takes pixels in [0, 1]" : "in the graph" + text;
  }
}
