package io.hone.onnx.runtime;

import io.hone.api.component.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.onnx.gradient.LogitsFinder;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a card off a graph that came without one, and asks for what the graph does not tell. */
final class BareModel {
  /** The channels of grey and colour images; any other axis may as well be a height. */
  private static final Set<Long> USUAL_CHANNELS = Set.of(1L, 3L);

  private final OnnxFile file;
  private final List<String> missing = new ArrayList<>();

  private BareModel(OnnxFile file) {
    this.file = file;
  }

  /**
   * Returns the card of a model: pixels in [0, 1], or [0, 255] where it takes bytes, without mean
   * and std, which no graph tells.
   *
   * @throws BadInputException asking for everything that the graph does not tell
   */
  static ModelCard describe(OnnxFile file) {
    return new BareModel(file).describe();
  }

  private ModelCard describe() {
    Optional<TensorInfo> images = only("input", file.model().inputs());
    Optional<TensorInfo> scores = scores();
    Optional<ModelCard.Input> input = images.flatMap(this::input);
    Optional<ModelCard.Output> output = scores.flatMap(this::output);
    if (!missing.isEmpty()) {
      throw new BadInputException(
          file.path()
              + " does not tell enough by itself. Write a model.yaml beside it that says:\n  - "
              + String.join("\n  - ", missing));
    }
    return new ModelCard(
        file.name(),
        file.path(),
        file.sha256(),
        output.orElseThrow().kind() == OutputKind.IMAGE ? Task.IMAGE_TO_IMAGE : Task.CLASSIFIER,
        input.orElseThrow(),
        output.orElseThrow(),
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

  /** Auxiliary classifiers and features stand behind the logits, or have more axes. */
  private Optional<TensorInfo> scores() {
    List<TensorInfo> outputs = file.model().outputs();
    List<TensorInfo> rows = outputs.stream().filter(output -> shape(output).rank() == 2).toList();
    boolean firstIsRows = !rows.isEmpty() && rows.get(0).equals(outputs.get(0));
    return firstIsRows || rows.size() == 1 ? Optional.of(rows.get(0)) : only("output", outputs);
  }

  private Optional<ModelCard.Input> input(TensorInfo port) {
    List<Dimension> axes = port.shape().map(Shape::dimensions).orElse(List.of());
    if (axes.size() == 4 && isUsual(axes.get(1))) {
      return Optional.of(input(port, Layout.NCHW, axes.get(1), axes.get(2), axes.get(3)));
    }
    if (axes.size() == 4 && isUsual(axes.get(3))) {
      return Optional.of(input(port, Layout.NHWC, axes.get(3), axes.get(1), axes.get(2)));
    }
    if (isGrey(axes)) {
      return Optional.of(input(port, Layout.NCHW, Dimension.of(1), axes.get(1), axes.get(2)));
    }
    missing.add(
        "input.channels, input.height and input.width, and input.layout where the channels come"
            + " last (NHWC): the graph's '"
            + port.name()
            + "' "
            + Axes.describe(port)
            + " does not tell which axes hold them");
    return Optional.empty();
  }

  private ModelCard.Input input(
      TensorInfo port, Layout layout, Dimension channels, Dimension height, Dimension width) {
    return new ModelCard.Input(
        Optional.of(port.name()),
        layout,
        Math.toIntExact(channels.size()),
        size(height),
        size(width),
        range(port),
        List.of(),
        List.of());
  }

  /** Whole numbers count grey values. */
  private Range range(TensorInfo port) {
    return file.canonical().integerInputs().get(port.name()) == ElementType.UINT8
        ? new Range(0, 255)
        : Range.UNIT;
  }

  private static Optional<Integer> size(Dimension dimension) {
    return dimension.isFixed() ? Optional.of(Math.toIntExact(dimension.size())) : Optional.empty();
  }

  private static boolean isUsual(Dimension channels) {
    return USUAL_CHANNELS.contains(channels.size());
  }

  /** Three axes are grey squares if the first one cannot be the channels. */
  private static boolean isGrey(List<Dimension> axes) {
    return axes.size() == 3
        && (!axes.get(0).isFixed() || axes.get(0).size() == 1)
        && axes.get(1).size() > 1
        && axes.get(1).equals(axes.get(2));
  }

  private Optional<ModelCard.Output> output(TensorInfo port) {
    Shape shape = shape(port);
    if (shape.rank() == 2) {
      return classes(port, shape);
    }
    if (shape.rank() == 4 && shape.axis(2).size() != 1) {
      return Optional.of(
          new ModelCard.Output(Optional.of(port.name()), OutputKind.IMAGE, 0, List.of()));
    }
    missing.add(
        "task: classifier or image-to-image, and output.classes: the graph's '"
            + port.name()
            + "' "
            + Axes.describe(port)
            + " does not tell");
    return Optional.empty();
  }

  private Optional<ModelCard.Output> classes(TensorInfo port, Shape shape) {
    if (!shape.axis(1).isFixed()) {
      missing.add(
          "output.classes: the graph's '"
              + port.name()
              + "' "
              + Axes.describe(port)
              + " leaves it open");
      return Optional.empty();
    }
    if (shape.axis(1).size() > Integer.MAX_VALUE) {
      missing.add(
          "output.classes: the graph's '"
              + port.name()
              + "' "
              + shape
              + " has more scores than there can be classes");
      return Optional.empty();
    }
    // One number tells two classes apart.
    int classes = (int) Math.max(2, shape.axis(1).size());
    boolean probabilities =
        LogitsFinder.ending(
                file.model(),
                port.name(),
                shape.axis(1).size() == 1 ? Set.of("Sigmoid") : Set.of("Softmax", "LogSoftmax"))
            .isPresent();
    return Optional.of(
        new ModelCard.Output(
            Optional.of(port.name()),
            probabilities ? OutputKind.PROBABILITIES : OutputKind.LOGITS,
            classes,
            List.of()));
  }

  private Shape shape(TensorInfo output) {
    return Axes.inferred(file.model(), output).orElse(new Shape(List.of()));
  }
}
