package io.hone.cli.model;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.model.Task;
import io.hone.cli.process.ExitCode;
import io.hone.onnxruntime.ModelInspection;
import io.hone.scenario.card.ModelCards;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Tells what a model holds and what of it is differentiable. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Tells what a model holds: inputs, outputs, parameters, operators, where its logits"
          + " were found, what of it is differentiable, what its card applies to images, what Hone"
          + " changes of it before it runs it, and about how much memory an image takes.",
      "Of a model that is no ONNX file, its backend tells what it takes and returns.",
      "A model without gradient is no error: what is in the way is named, and the attacks that"
          + " work nevertheless."
    })
final class ModelInspectCommand implements Callable<Integer> {
  @Mixin private ModelArguments model;

  @Option(
      names = "--height",
      paramLabel = "H",
      description = "Rows of the images that memory is estimated for, where the model takes any.")
  private Long height;

  @Option(names = "--width", paramLabel = "W", description = "Columns, likewise.")
  private Long width;

  @Option(names = "--json", description = "Prints JSON instead.")
  private boolean json;

  @Override
  public Integer call() {
    try (OpenedModel opened = model.open()) {
      Path path = file(opened.path());
      if (Files.isRegularFile(path) && !ModelInspection.isNamedOnnx(path)) {
        NetworkReport report = NetworkReport.of(opened);
        show(report.toMap(), report::print);
        return ExitCode.DONE;
      }
      ModelInspection inspection = ModelInspection.of(path, size());
      List<String> notes = new ArrayList<>();
      Optional<CompletedCard> card = Optional.empty();
      try {
        card = Optional.of(opened.completed());
        if (opened.card().task() == Task.CLASSIFIER) {
          notes.addAll(opened.notices());
        } else {
          notes.addAll(inspection.notes());
        }
      } catch (BadInputException unusable) {
        // What a bare file holds can be told even where it cannot be run without a card.
        notes.addAll(inspection.notes());
        notes.add(unusable.getMessage());
      }
      List<String> attacks =
          inspection.gradientObstacle().isPresent() ? opened.attacksWithoutGradient() : List.of();
      InspectionReport report = new InspectionReport(inspection, card, notes, attacks);
      show(report.toMap(), report::print);
      return ExitCode.DONE;
    }
  }

  private void show(Map<String, Object> report, Consumer<PrintStream> text) {
    if (json) {
      System.out.println(
          JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    } else {
      text.accept(System.out);
    }
  }

  private static Path file(Path path) {
    return Files.isDirectory(path) ? ModelCards.draft(path).file() : path;
  }

  private List<Long> size() {
    List<Long> size = new ArrayList<>();
    if ((height == null) != (width == null)) {
      throw new BadInputException("--height and --width belong together; give both");
    }
    if (height != null) {
      if (height < 1 || width < 1) {
        throw new BadInputException("--height and --width must be at least 1");
      }
      size.add(height);
      size.add(width);
    }
    return size;
  }
}
