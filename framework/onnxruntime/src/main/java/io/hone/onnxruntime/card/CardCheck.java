package io.hone.onnxruntime.card;

import io.hone.api.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Compares a model file with its card, and finds the graph's input and output that the card means.
 * Everything that differs is told at once.
 */
public final class CardCheck {
  private static final int IMAGE_AXES = 4;
  private static final int COLOURS = 3;

  private final ModelCard card;
  private final OnnxFile file;
  private final List<String> differences = new ArrayList<>();

  private CardCheck(ModelCard card, OnnxFile file) {
    this.card = card;
    this.file = file;
  }

  /**
   * The input and output that a card means.
   *
   * @param images the input for images
   * @param imageForm how it takes them
   * @param scores the output for logits, probabilities or images
   * @param scoreForm how it returns the scores of a classifier
   */
  public record Ports(
      TensorInfo images, ImageForm imageForm, TensorInfo scores, ScoreForm scoreForm) {}

  /**
   * Checks a card against its file.
   *
   * @throws BadInputException naming both and everything that differs
   */
  public static Ports check(ModelCard card, OnnxFile file, Task task) {
    return new CardCheck(card, file).check(task);
  }

  private Ports check(Task task) {
    if (card.task() != task) {
      differences.add("the card's task is " + word(card.task()) + ", " + word(task) + " is needed");
    }
    if (!card.sha256().isEmpty() && !card.sha256().equalsIgnoreCase(file.sha256())) {
      differences.add(
          "the card's SHA-256 is "
              + card.sha256()
              + ", the file's is "
              + file.sha256()
              + ": the file was replaced or damaged; restore it, or write its SHA-256 on the card");
    }
    Optional<TensorInfo> input = port("input", card.input().name(), file.model().inputs());
    Optional<TensorInfo> output = port("output", card.output().name(), file.model().outputs());
    Optional<ImageForm> imageForm = input.flatMap(this::checkInput);
    Optional<ScoreForm> scoreForm =
        output.flatMap(port -> checkOutput(port, task, imageForm.orElse(null)));
    if (!differences.isEmpty()) {
      throw new BadInputException(
          file.path()
              + " does not fit "
              + CardName.of(card)
              + ":\n  - "
              + String.join("\n  - ", differences));
    }
    return new Ports(
        input.orElseThrow(),
        imageForm.orElseThrow(),
        output.orElseThrow(),
        scoreForm.orElseThrow());
  }

  private Optional<TensorInfo> port(String kind, Optional<String> name, List<TensorInfo> ports) {
    String known = ports.stream().map(TensorInfo::name).collect(Collectors.joining(", "));
    if (name.isEmpty()) {
      if (ports.size() == 1) {
        return Optional.of(ports.get(0));
      }
      differences.add(
          "the graph has " + ports.size() + " " + kind + "s (" + known + "): name one on the card");
      return Optional.empty();
    }
    if (kind.equals("input") && ports.size() > 1) {
      differences.add("the graph needs more inputs than images: " + known);
    }
    Optional<TensorInfo> named =
        ports.stream().filter(p -> p.name().equals(name.get())).findFirst();
    if (named.isEmpty()) {
      differences.add("the graph has no " + kind + " '" + name.get() + "', only " + known);
    }
    return named;
  }

  private Optional<ImageForm> checkInput(TensorInfo port) {
    floats("input", port);
    Optional<ImageForm> form = ImageForm.of(card.input(), port.shape());
    if (form.isEmpty()) {
      explainAxes(port);
    }
    ModelCard.Input wanted = card.input();
    perChannel("input.mean", wanted.mean());
    perChannel("input.std", wanted.std());
    if (wanted.std().stream().anyMatch(value -> !(value > 0))) {
      differences.add("input.std must be positive, the card says " + wanted.std());
    }
    if (!(wanted.range().high() > wanted.range().low())) {
      differences.add(
          "input.range must rise, the card says "
              + wanted.range().low()
              + " to "
              + wanted.range().high());
    }
    if (wanted.order() == Order.BGR && wanted.channels() != COLOURS) {
      differences.add(
          "input.order bgr needs " + COLOURS + " channels, the card says " + wanted.channels());
    }
    fitsType(port, wanted.range());
    return form;
  }

  /** Whole numbers of some bits hold no others, and their range is no [0, 1]. */
  private void fitsType(TensorInfo port, Range range) {
    ElementType type = file.canonical().integerInputs().get(port.name());
    if (type == null) {
      return;
    }
    Range holds = WholeNumbers.range(type);
    if (range.low() < holds.low() || range.high() > holds.high()) {
      differences.add(
          "input.range: the card says "
              + BareRange.words(range)
              + ", the graph's '"
              + port.name()
              + "' takes "
              + type
              + ", which holds "
              + BareRange.words(holds));
    } else if (range.high() - range.low() <= 1) {
      differences.add(
          "input.range: the card says "
              + BareRange.words(range)
              + ", the graph's '"
              + port.name()
              + "' takes whole numbers ("
              + type
              + "), which would make every image black and white; most such models take 0 to 255");
    }
  }

  private void explainAxes(TensorInfo port) {
    ModelCard.Input wanted = card.input();
    int before = differences.size();
    if (port.shape().map(Shape::rank).orElse(0) == IMAGE_AXES) {
      boolean channelsFirst = wanted.layout() == Layout.NCHW;
      axis("input.channels", Optional.of(wanted.channels()), port, channelsFirst ? 1 : 3);
      axis("input.height", wanted.height(), port, channelsFirst ? 2 : 1);
      axis("input.width", wanted.width(), port, channelsFirst ? 3 : 2);
    }
    if (differences.size() == before) {
      differences.add(
          "input: the graph's '"
              + port.name()
              + "' "
              + Axes.describe(port)
              + " holds no images of "
              + wanted.sizes()
              + " (channels, height, width), as four axes or flat");
    }
  }

  private Optional<ScoreForm> checkOutput(TensorInfo port, Task task, ImageForm images) {
    floats("output", port);
    if (task == Task.IMAGE_TO_IMAGE) {
      if (images == null || images.isDirect()) {
        rank("output", port, IMAGE_AXES);
      }
      return Optional.of(ScoreForm.ROWS);
    }
    int classes = card.output().classes();
    int names = card.output().classNames().size();
    if (names != 0 && names != classes) {
      differences.add("the card names " + names + " classes of " + classes);
    }
    if (classes < 2) {
      differences.add(
          "output.classes must be at least 2, the card says "
              + classes
              + "; a model with one output tells two classes");
      return Optional.empty();
    }
    boolean oneImage = images != null && images.fixedBatch().equals(OptionalInt.of(1));
    Optional<Shape> shape = Axes.inferred(file.model(), port);
    Optional<ScoreForm> form = ScoreForm.of(shape, classes, oneImage);
    if (form.isEmpty()) {
      differences.add(
          "output.classes: the card says "
              + classes
              + ", the graph's '"
              + port.name()
              + "' is "
              + shape.map(Shape::toString).orElseThrow()
              + ", which is not one row of "
              + classes
              + " scores per image");
    }
    return form;
  }

  private void floats(String kind, TensorInfo port) {
    if (port.type() != ElementType.FLOAT) {
      differences.add(
          "the graph's "
              + kind
              + " '"
              + port.name()
              + "' holds "
              + port.type()
              + "; Hone needs FLOAT (32 bits): export the model so");
    }
  }

  private void rank(String kind, TensorInfo port, int axes) {
    if (port.shape().isEmpty() || port.shape().get().rank() == axes) {
      return;
    }
    differences.add(
        "the graph's "
            + kind
            + " '"
            + port.name()
            + "' is "
            + Axes.describe(port)
            + ", not of "
            + axes
            + " axes");
  }

  private void axis(String key, Optional<Integer> onCard, TensorInfo port, int axis) {
    OptionalInt inGraph = Axes.size(port, axis);
    if (inGraph.isEmpty() || onCard.equals(Optional.of(inGraph.getAsInt()))) {
      return;
    }
    differences.add(
        key
            + ": the card says "
            + onCard.map(Object::toString).orElse("any")
            + ", the graph's '"
            + port.name()
            + "' "
            + Axes.describe(port)
            + " says "
            + inGraph.getAsInt());
  }

  private void perChannel(String key, List<Float> values) {
    if (!values.isEmpty() && values.size() != card.input().channels()) {
      differences.add(
          key + " has " + values.size() + " values for " + card.input().channels() + " channels");
    }
  }

  private static String word(Task task) {
    return task.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
