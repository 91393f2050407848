package io.hone.bench;

import ai.onnxruntime.OrtException;
import io.hone.bench.kernel.ConvolutionShape;
import io.hone.bench.kernel.GradientRun;
import io.hone.bench.kernel.ShiftedProducts;
import io.hone.onnx.gradient.UncoveredOperatorException;
import io.hone.onnx.gradient.operator.KernelForm;
import io.hone.onnx.gradient.operator.StandardGradients;
import io.hone.onnx.gradient.rule.GradientRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Milliseconds that gradients of single kernels take in every form, beside shifted products. */
@Command(
    name = "KernelBenchmark",
    mixinStandardHelpOptions = true,
    description = "Takes the time of a kernel's gradient in every form, in turns, on one thread.")
final class KernelBenchmark implements Callable<Integer> {
  private static final double LARGEST_DIFFERENCE = 1e-4;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Turns of each form behind the first. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--side",
      paramLabel = "SIDE",
      description = "Only convolutions of images of this side.")
  private int side;

  private final Streams streams;

  /** Creates the benchmark. */
  KernelBenchmark(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws OrtException {
    Map<String, GradientRegistry> forms = forms();
    streams.out().println("| convolution | GFLOP | " + String.join(" | ", forms.keySet()) + " |");
    streams.out().println("|---|---:" + "|---:".repeat(forms.size()) + "|");
    for (ConvolutionShape shape : shapes()) {
      if (side == 0 || shape.side() == side) {
        streams.out().println(line(shape, forms));
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private static Map<String, GradientRegistry> forms() {
    Map<String, GradientRegistry> forms = new LinkedHashMap<>();
    forms.put("chosen", StandardGradients.registry());
    for (KernelForm form : KernelForm.values()) {
      String name = form.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      forms.put(name, StandardGradients.with(form));
    }
    GradientRegistry standard = StandardGradients.registry();
    forms.put("slices", standard.with(ShiftedProducts.slices()));
    forms.put("frame", standard.with(ShiftedProducts.frame()));
    forms.put("rows by columns", standard.with(ShiftedProducts.rowsByColumns()));
    return forms;
  }

  private static List<ConvolutionShape> shapes() {
    List<ConvolutionShape> shapes = new ArrayList<>();
    for (int batch : new int[] {32, 128}) {
      shapes.add(ConvolutionShape.of(batch, 1, 6, 28, 5, 1));
      shapes.add(ConvolutionShape.of(batch, 3, 64, 28, 3, 1));
      shapes.add(ConvolutionShape.of(batch, 6, 16, 14, 5, 1));
      shapes.add(ConvolutionShape.of(batch, 16, 16, 28, 3, 1));
      shapes.add(ConvolutionShape.of(batch, 32, 32, 16, 3, 1));
      shapes.add(ConvolutionShape.of(batch, 64, 64, 28, 3, 1));
      shapes.add(ConvolutionShape.of(batch, 64, 1, 28, 3, 1));
      shapes.add(ConvolutionShape.of(batch, 64, 64, 8, 3, 1));
      shapes.add(ConvolutionShape.of(batch, 128, 128, 8, 3, 1));
      shapes.add(ConvolutionShape.of(batch, 128, 128, 4, 3, 1));
      shapes.add(ConvolutionShape.of(batch, 64, 128, 16, 3, 2));
      shapes.add(ConvolutionShape.of(batch, 32, 64, 14, 2, 2));
      shapes.add(ConvolutionShape.of(batch, 64, 64, 16, 1, 1));
      shapes.add(ConvolutionShape.of(batch, 64, 128, 16, 1, 2));
      shapes.add(ConvolutionShape.of(batch, 64, 64, 14, 3, 1).depthwise());
      shapes.add(ConvolutionShape.of(batch, 64, 64, 14, 3, 2).depthwise());
    }
    return shapes;
  }

  private String line(ConvolutionShape shape, Map<String, GradientRegistry> forms)
      throws OrtException {
    List<Optional<GradientRun>> columns = new ArrayList<>();
    try {
      for (GradientRegistry form : forms.values()) {
        columns.add(open(shape, form));
      }
      List<GradientRun> runs = columns.stream().flatMap(Optional::stream).toList();
      for (int round = 0; round <= rounds; round++) {
        for (GradientRun run : runs) {
          run.take();
        }
      }
      String cells =
          columns.stream()
              .map(column -> column.map(run -> cell(run, runs.get(0))).orElse(""))
              .collect(Collectors.joining(" | "));
      return String.format(Locale.ROOT, "| %s | %.3f | %s |", shape, shape.billions(), cells);
    } finally {
      for (Optional<GradientRun> column : columns) {
        if (column.isPresent()) {
          column.get().close();
        }
      }
    }
  }

  /** Returns nothing where the form does not hold for the shape. */
  private static Optional<GradientRun> open(ConvolutionShape shape, GradientRegistry form)
      throws OrtException {
    try {
      return Optional.of(new GradientRun(shape, "kernel", form));
    } catch (UncoveredOperatorException e) {
      return Optional.empty();
    }
  }

  private static String cell(GradientRun run, GradientRun chosen) {
    return run.difference(chosen) < LARGEST_DIFFERENCE
        ? String.format(Locale.ROOT, "%.2f", run.milliseconds())
        : "wrong";
  }
}
