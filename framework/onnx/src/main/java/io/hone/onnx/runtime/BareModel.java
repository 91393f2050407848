package io.hone.onnx.runtime;

import io.hone.api.component.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a card off a graph that came without one, and asks for what the graph does not tell. */
final class BareModel {
  /** The channels of grey and colour images; any other axis may as well be a height. */
  private static final Set<Integer> USUAL_CHANNELS = Set.of(1, 3);

  private final OnnxFile file;
  private final List<String> missing = new ArrayList<>();

  private BareModel(OnnxFile file) {
    this.file = file;
  }

  /**
   * Returns the card of a model: pixels in [0, 1] without mean and std, which no graph tells.
   *
   * @throws BadInputException asking for everything that the graph does not tell
   */
  static ModelCard describe(OnnxFile file) {
    return new BareModel(file).describe();
  }

  private ModelCard describe() {
    Optional<TensorInfo> images = only("input", file.model().inputs());
    Optional<TensorInfo> scores = only("output", file.model().outputs());
    Optional<Layout> layout = images.flatMap(this::layout);
    Optional<Task> task = scores.flatMap(this::task);
    int classes =
        task.equals(Optional.of(Task.CLASSIFIER)) ? classes(scores.orElseThrow()).orElse(0) : 0;
    if (!missing.isEmpty()) {
      throw new BadInputException(
          file.path()
              + " does not tell enough by itself. Write a model.yaml beside it that says:\n  - "
              + String.join("\n  - ", missing));
    }
    boolean channelsFirst = layout.orElseThrow() == Layout.NCHW;
    TensorInfo input = images.orElseThrow();
    return new ModelCard(
        file.name(),
        file.path(),
        file.sha256(),
        task.orElseThrow(),
        new ModelCard.Input(
            Optional.of(input.name()),
            layout.orElseThrow(),
            Axes.size(input, channelsFirst ? 1 : 3).orElseThrow(),
            boxed(Axes.size(input, channelsFirst ? 2 : 1)),
            boxed(Axes.size(input, channelsFirst ? 3 : 2)),
            Range.UNIT,
            List.of(),
            List.of()),
        new ModelCard.Output(
            Optional.of(scores.orElseThrow().name()),
            kind(task.orElseThrow(), scores.orElseThrow()),
            classes,
            List.of()),
        Map.of());
  }

  private Optional<TensorInfo> only(String kind, List<TensorInfo> ports) {
    if (ports.size() == 1) {
      return Optional.of(ports.get(0));
    }
    missing.add(
        kind
            + ".name: which of the graph's "
            + ports.size()
            + " "
            + kind
            + "s ("
            + ports.stream().map(TensorInfo::name).collect(Collectors.joining(", "))
            + ")");
    return Optional.empty();
  }

  private Optional<Layout> layout(TensorInfo input) {
    boolean images = input.shape().isPresent() && input.shape().get().rank() == 4;
    if (images && usual(Axes.size(input, 1))) {
      return Optional.of(Layout.NCHW);
    }
    if (images && usual(Axes.size(input, 3))) {
      return Optional.of(Layout.NHWC);
    }
    missing.add(
        "input.layout and input.channels: the graph's '"
            + input.name()
            + "' "
            + Axes.describe(input)
            + " does not tell where the channels are");
    return Optional.empty();
  }

  private static boolean usual(OptionalInt size) {
    return size.isPresent() && USUAL_CHANNELS.contains(size.getAsInt());
  }

  private Optional<Task> task(TensorInfo output) {
    int rank = output.shape().map(Shape::rank).orElse(0);
    if (rank == 2) {
      return Optional.of(Task.CLASSIFIER);
    }
    if (rank == 4) {
      return Optional.of(Task.IMAGE_TO_IMAGE);
    }
    missing.add(
        "task: classifier or image-to-image, and output.classes: the graph's '"
            + output.name()
            + "' "
            + Axes.describe(output)
            + " does not tell");
    return Optional.empty();
  }

  private OptionalInt classes(TensorInfo output) {
    OptionalInt classes = Axes.size(output, 1);
    if (classes.isEmpty()) {
      missing.add(
          "output.classes: the graph's '"
              + output.name()
              + "' "
              + Axes.describe(output)
              + " leaves it open");
    }
    return classes;
  }

  private OutputKind kind(Task task, TensorInfo output) {
    if (task == Task.IMAGE_TO_IMAGE) {
      return OutputKind.IMAGE;
    }
    return PreparedModel.lastSoftmax(file.model(), output.name()).isPresent()
        ? OutputKind.PROBABILITIES
        : OutputKind.LOGITS;
  }

  private static Optional<Integer> boxed(OptionalInt value) {
    return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
  }
}
