package io.hone.onnxruntime.card;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.DatasetRequest;
import io.hone.api.UnknownShapeException;
import io.hone.api.model.CardDraft;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.Task;
import io.hone.onnx.gradient.LogitsFinder;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a card off a graph that came without one, and asks for what the graph does not tell. */
public final class BareModel {
  /** The command that writes a card, as messages name it. */
  static final String CARD_COMMAND = "hone model card FILE";

  private static final int IMAGE_AXES = 4;

  /** Of an image: grey, colours, and colours with what covers them. */
  private static final int MOST_CHANNELS = 4;

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
  public static CompletedCard complete(OnnxFile file, CardDraft draft) {
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
      throw asking(found, output);
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

  private BadInputException asking(
      Optional<BareInput.Found> found, Optional<ModelCard.Output> output) {
    String question =
        file.path()
            + " does not tell enough by itself. Write a model.yaml beside it ("
            + CARD_COMMAND
            + ") that says:\n  - "
            + String.join("\n  - ", missing);
    boolean shapeOnly =
        missing.size() == 1 && found.filter(input -> !input.shapeTold()).isPresent();
    return shapeOnly && output.isPresent() && draft.images().isEmpty()
        ? new UnknownShapeException(question, request(output.get()))
        : new BadInputException(question);
  }

  private DatasetRequest request(ModelCard.Output output) {
    List<String> names = draft.output().classNames();
    return new DatasetRequest(
        names,
        Optional.of(draft.output().classes().orElse(output.classes())).filter(count -> count > 0),
        draft.input().channels(),
        Optional.empty(),
        Optional.empty());
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
    if (kind.equals("input")) {
      throw new BadInputException(
          file.path()
              + " takes "
              + ports.size()
              + " inputs ("
              + ports.stream().map(TensorInfo::name).collect(Collectors.joining(", "))
              + "), and Hone feeds images only. Export the model with the other inputs as constants,"
              + " such as a switch between training and inference");
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

  /** Returns the output that the card names, or the one that holds scores or images. */
  private Optional<TensorInfo> scores() {
    List<TensorInfo> outputs = file.model().outputs();
    if (draft.output().name().isPresent()) {
      return port("output", draft.output().name(), outputs);
    }
    if (outputs.size() == 1 && isImage(outputs.get(0))) {
      return Optional.of(outputs.get(0));
    }
    OutputChoice.Found found = OutputChoice.of(file.model(), draft.output().classes());
    if (found.scores().isEmpty() && !found.question().isEmpty()) {
      throw new BadInputException(file.path() + found.question());
    }
    return found.scores().or(() -> only("output", outputs));
  }

  private Optional<ModelCard.Output> output(TensorInfo port) {
    Optional<Long> scores =
        OutputChoice.scores(
            Axes.inferred(file.model(), port), OutputChoice.takesOneImage(file.model()));
    if (scores.isPresent()) {
      return classes(port, scores.get());
    }
    if (isImage(port)) {
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

  /** Images have the channels of the input; other channels for each pixel are scores. */
  private boolean isImage(TensorInfo port) {
    List<Dimension> returned = shape(port).dimensions();
    List<Dimension> taken = shape(file.model().inputs().get(0)).dimensions();
    if (returned.size() != IMAGE_AXES || taken.size() != IMAGE_AXES) {
      return returned.size() == IMAGE_AXES && returned.get(2).size() != 1;
    }
    return returned.get(2).size() != 1
        && (same(returned.get(1), taken.get(1)) || same(returned.get(3), taken.get(3)));
  }

  private static boolean same(Dimension one, Dimension other) {
    return one.isFixed() && one.size() <= MOST_CHANNELS && one.size() == other.size();
  }

  private Optional<ModelCard.Output> classes(TensorInfo port, long scores) {
    if (scores < 0) {
      missing.add(
          "output.classes: the graph's '"
              + port.name()
              + "' "
              + Axes.describe(port)
              + " leaves it open");
      return Optional.empty();
    }
    if (scores > Integer.MAX_VALUE) {
      missing.add(
          "output.classes: the graph's '"
              + port.name()
              + "' "
              + shape(port)
              + " has more scores than there can be classes");
      return Optional.empty();
    }
    // One number tells two classes apart.
    int classes = (int) Math.max(2, scores);
    boolean probabilities =
        scores == 1
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
