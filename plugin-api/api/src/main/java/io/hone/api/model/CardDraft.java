package io.hone.api.model;

import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.stability.Stability;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a model before its file is looked into: the card of a model, with gaps where the
 * file may tell.
 *
 * @param name the model's name
 * @param file the model file, absolute
 * @param sha256 the file's SHA-256 in lower case hex
 * @param task what the model does
 * @param input what is known of the input
 * @param output what is known of the output
 * @param training how the model was made; free-form
 * @param images the shape of the images that the model will be given; a hint for files whose axes
 *     tell no image's shape, and no promise
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record CardDraft(
    String name,
    Path file,
    Optional<String> sha256,
    Optional<Task> task,
    Input input,
    Output output,
    Map<String, Object> training,
    Optional<ImageShape> images) {

  /** Copies the map, in its order. */
  public CardDraft {
    training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
  }

  /**
   * A number of rows or columns that is known: a fixed one, or any.
   *
   * @param pixels at least 1; empty if any number will do
   */
  public record Extent(Optional<Integer> pixels) {
    /** Any number of rows or columns. */
    public static final Extent ANY = new Extent(Optional.empty());

    /** Returns a fixed number. */
    public static Extent of(int pixels) {
      return new Extent(Optional.of(pixels));
    }
  }

  /**
   * What is known of the input; each part as {@link ModelCard.Input} has it.
   *
   * @param name the graph's input
   * @param layout the order of the values
   * @param order the order of the channels
   * @param channels number of channels
   * @param height rows
   * @param width columns
   * @param range the pixel values
   * @param mean per channel; empty for none
   * @param std per channel; empty for none
   */
  public record Input(
      Optional<String> name,
      Optional<Layout> layout,
      Optional<Order> order,
      Optional<Integer> channels,
      Optional<Extent> height,
      Optional<Extent> width,
      Optional<Range> range,
      List<Float> mean,
      List<Float> std) {
    /** Nothing is known. */
    public static final Input UNKNOWN =
        new Input(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());

    /** Copies the lists. */
    public Input {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
    }

    private ModelCard.Input over(ModelCard.Input told) {
      return new ModelCard.Input(
          name.or(told::name),
          layout.orElse(told.layout()),
          order.orElse(told.order()),
          channels.orElse(told.channels()),
          height.map(Extent::pixels).orElse(told.height()),
          width.map(Extent::pixels).orElse(told.width()),
          range.orElse(told.range()),
          mean.isEmpty() ? told.mean() : mean,
          std.isEmpty() ? told.std() : std);
    }

    private Optional<ModelCard.Input> withDefaults() {
      if (channels.isEmpty() || height.isEmpty() || width.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new ModelCard.Input(
              name,
              layout.orElse(Layout.NCHW),
              order.orElse(Order.RGB),
              channels.get(),
              height.get().pixels(),
              width.get().pixels(),
              range.orElse(Range.UNIT),
              mean,
              std));
    }
  }

  /**
   * What is known of the output; each part as {@link ModelCard.Output} has it.
   *
   * @param name the graph's output
   * @param kind what the numbers mean
   * @param classes number of classes
   * @param classNames in the order of the classes, or empty
   */
  public record Output(
      Optional<String> name,
      Optional<OutputKind> kind,
      Optional<Integer> classes,
      List<String> classNames) {
    /** Nothing is known. */
    public static final Output UNKNOWN =
        new Output(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /** Copies the list; names tell the number of classes. */
    public Output {
      classNames = List.copyOf(classNames);
      classes =
          classes.isEmpty() && !classNames.isEmpty() ? Optional.of(classNames.size()) : classes;
    }

    private ModelCard.Output over(ModelCard.Output told) {
      return new ModelCard.Output(
          name.or(told::name),
          kind.orElse(told.kind()),
          classes.orElse(told.classes()),
          classNames.isEmpty() ? told.classNames() : classNames);
    }

    private Optional<ModelCard.Output> withDefaults(Optional<Task> task) {
      boolean image = task.equals(Optional.of(Task.IMAGE_TO_IMAGE));
      if (image) {
        return Optional.of(new ModelCard.Output(name, OutputKind.IMAGE, 0, List.of()));
      }
      return kind.isEmpty() || classes.isEmpty()
          ? Optional.empty()
          : Optional.of(new ModelCard.Output(name, kind.get(), classes.get(), classNames));
    }
  }

  /** Returns the draft of a file of which nothing is known, named like the file. */
  public static CardDraft of(Path file) {
    String fileName = file.getFileName().toString();
    int dot = fileName.lastIndexOf('.');
    return new CardDraft(
        dot > 0 ? fileName.substring(0, dot) : fileName,
        file.toAbsolutePath().normalize(),
        Optional.empty(),
        Optional.empty(),
        Input.UNKNOWN,
        Output.UNKNOWN,
        Map.of(),
        Optional.empty());
  }

  /** Returns this draft with the shape of the images that the model will be given. */
  public CardDraft forImages(ImageShape shape) {
    return new CardDraft(name, file, sha256, task, input, output, training, Optional.of(shape));
  }

  /** Returns the task, which the kind of the output and its classes tell too. */
  public Optional<Task> knownTask() {
    if (task.isPresent()) {
      return task;
    }
    if (output.kind().isPresent()) {
      return Optional.of(
          output.kind().get() == OutputKind.IMAGE ? Task.IMAGE_TO_IMAGE : Task.CLASSIFIER);
    }
    return output.classes().map(classes -> Task.CLASSIFIER);
  }

  /** Returns a card that says what is known here, and what another card tells where it is not. */
  public ModelCard over(ModelCard told) {
    return new ModelCard(
        name,
        file,
        sha256.orElse(told.sha256()),
        knownTask().orElse(told.task()),
        input.over(told.input()),
        output.over(told.output()),
        training.isEmpty() ? told.training() : training);
  }

  /**
   * Returns the card if no gap is left but the ones that have a default: layout NCHW, order RGB and
   * pixels in [0, 1]. The SHA-256 stays empty where it is not known.
   */
  public Optional<ModelCard> withDefaults() {
    Optional<Task> known = knownTask();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    return input
        .withDefaults()
        .flatMap(
            in ->
                output
                    .withDefaults(known)
                    .map(
                        out ->
                            new ModelCard(
                                name, file, sha256.orElse(""), known.get(), in, out, training)));
  }

  /** Returns whether nothing is left to find out in the file but its SHA-256. */
  public boolean isComplete() {
    return input.range().isPresent() && withDefaults().isPresent();
  }
}
