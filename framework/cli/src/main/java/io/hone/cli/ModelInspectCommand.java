package io.hone.cli;

import io.hone.onnx.gradient.Coverage;
import io.hone.onnx.runtime.ModelInspection;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what a model holds and what of it is differentiable. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Tells what an ONNX model holds, and what of it is differentiable.")
final class ModelInspectCommand implements Callable<Integer> {
  private static final String LINE = "%-12s %s%n";

  @Parameters(index = "0", paramLabel = "FILE", description = "An .onnx file.")
  private Path file;

  @Override
  public Integer call() {
    ModelInspection model = ModelInspection.of(file);
    System.out.printf(LINE, "file", Installation.shown(model.file()));
    System.out.printf(LINE, "sha256", model.sha256());
    if (!model.producer().isEmpty()) {
      System.out.printf(LINE, "producer", model.producer());
    }
    System.out.printf(LINE, "opset", opsets(model));
    System.out.printf(Locale.ROOT, "%-12s %,d%n", "parameters", model.parameters());
    model.inputs().forEach(input -> System.out.printf(LINE, "input", Ports.text(input)));
    model.outputs().forEach(output -> System.out.printf(LINE, "output", Ports.text(output)));
    System.out.printf(
        LINE,
        "logits",
        model.logits().value()
            + (model.logits().foundBeforeSoftmax() ? ", before the softmax at the end" : ""));
    System.out.printf(
        LINE,
        "gradient",
        model
            .gradientObstacle()
            .map(obstacle -> "not differentiable: " + obstacle)
            .orElse("differentiable from the logits to the first input"));
    System.out.println();
    printOperators(model.operators());
    return ExitCode.DONE;
  }

  private static String opsets(ModelInspection model) {
    StringBuilder text = new StringBuilder(Integer.toString(model.opset()));
    model.otherOpsets().forEach((domain, version) -> text.append(", " + domain + " " + version));
    return text.toString();
  }

  private static void printOperators(List<Coverage.Entry> operators) {
    if (operators.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(false, "operator", "nodes", "on the path", "differentiable", "in the way");
    for (Coverage.Entry operator : operators) {
      table.add(
          List.of(
              operator.operator(),
              Integer.toString(operator.count()),
              Integer.toString(operator.onPath()),
              operator.differentiable() ? "yes" : "no",
              operator.blocks() ? String.join(" ", operator.nodes()) : ""));
    }
    table.print(System.out);
  }
}
