package io.hone.onnx.runtime;

import io.hone.api.backend.CompletedCard;
import io.hone.api.component.BadInputException;
import io.hone.api.model.CardDraft;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.Task;
import io.hone.onnx.gradient.LogitsFinder;
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
  /** The command that writes a card, as messages name it. */
  static final String CARD_COMMAND = "hone model card FILE";

  private final OnnxFile file;
  private final CardDraft draft;
  private final List<String> missing = new ArrayList<>();

  private BareModel(OnnxFile file, CardDraft draft) {
    this.file = file;
    this.draft = draft;
  }

  /**
   * Returns the card of a model with its gaps filled: the pixel values that the graph's first
   * arithmetic tells, else [0, 1], or [0, 255] for whole numbers.
   *
   * @throws BadInputException asking for everything that the graph does not tell
   */
  static CompletedCard complete(OnnxFile file, CardDraft draft) {
    return new BareModel(file, draft).complete();
  }

  private CompletedCard complete() {
    Optional<BareInput.Found> found =
        port("input", draft.input().name(), file.model().inputs())
            .map(port -> BareInput.read(file, draft, port));
    found.ifPresent(input -> missing.addAll(input.missing()));
    Optional<ModelCard.Input> input = found.flatMap(BareInput.Found::input);
    Optional<ModelCard.Output> output = knownOutput().or(() -> scores().flatMap(this::output));
    if (!missing.isEmpty()) {
      throw new BadInputException(
          file.path()
              + " does not tell enough by itself. Write a model.yaml beside it ("
              + CARD_COMMAND
              + ") that says:\n  - "
              + String.join("\n  - ", missing));
    }
    ModelCard told =
        new ModelCard(
            file.name(),
            file.path(),
            file.sha256(),
            output.orElseThrow().kind() == OutputKind.IMAGE ? Task.IMAGE_TO_IMAGE : Task.CLASSIFIER,
            input.orElseThrow(),
            output.orElseThrow(),
            Map.of());
    return new CompletedCard(
        draft.over(told), found.get().shapeTold(), found.get().notices(), found.get().doubts());
  }

  /** Returns what a card says of the output, if it says all. */
  private Optional<ModelCard.Output> knownOutput() {
    boolean images = draft.knownTask().equals(Optional.of(Task.IMAGE_TO_IMAGE));
    if (images) {
      return Optional.of(
          new ModelCard.Output(draft.output().name(), OutputKind.IMAGE, 0, List.of()));
    }
    return draft.output().kind().isPresent() && draft.output().classes().isPresent()
        ? Optional.of(
            new ModelCard.Output(
                draft.output().name(),
                draft.output().kind().get(),
                draft.output().classes().get(),
                draft.output().classNames()))
        : Optional.empty();
  }

  /** Returns the port that the card names; the card check tells of a name that is not there. */
  private Optional<TensorInfo> port(String kind, Optional<String> name, List<TensorInfo> ports) {
    return name.flatMap(
            wanted -> ports.stream().filter(port -> port.name().equals(wanted)).findFirst())
        .or(() -> only(kind, ports));
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
    if (draft.output().name().isPresent()) {
      return port("output", draft.output().name(), outputs);
    }
    List<TensorInfo> rows = outputs.stream().filter(output -> shape(output).rank() == 2).toList();
    boolean firstIsRows = !rows.isEmpty() && rows.get(0).equals(outputs.get(0));
    return firstIsRows || rows.size() == 1 ? Optional.of(rows.get(0)) : only("output", outputs);
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
        shape.axis(1).size() == 1
            ? LogitsFinder.ending(file.model(), port.name(), Set.of("Sigmoid")).isPresent()
            : LogitsFinder.softmaxOverClasses(file.model(), port.name()).isPresent();
    return Optional.of(
        new ModelCard.Output(
            Optional.of(port.name()),
            probabilities ? OutputKind.PROBABILITIES : OutputKind.SCORES,
            classes,
            List.of()));
  }

  private Shape shape(TensorInfo output) {
    return Axes.inferred(file.model(), output).orElse(new Shape(List.of()));
  }
}
