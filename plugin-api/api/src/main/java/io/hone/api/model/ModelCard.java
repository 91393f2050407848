package io.hone.api.model;

import io.hone.api.stability.Stability;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model file expects and how it was made: the content of {@code model.yaml}.
 *
 * @param name the model's name, by default its folder's
 * @param file the model file, absolute
 * @param sha256 the file's SHA-256 in lower case hex
 * @param task what the model does
 * @param input what the model expects
 * @param output what the model returns
 * @param training how it was made: component, scenario, seed, data, accuracy; free-form
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record ModelCard(
    String name,
    Path file,
    String sha256,
    Task task,
    Input input,
    Output output,
    Map<String, Object> training) {

  /** Copies the map, in its order. */
  public ModelCard {
    training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
  }

  /**
   * What a model expects.
   *
   * @param name the graph's input, empty for the only one
   * @param layout the order of the values; a graph's input may hold them flat too
   * @param order the order of the colours in three channels
   * @param channels number of channels
   * @param height rows, empty if any height will do
   * @param width columns, empty if any width will do
   * @param range the values the model was trained on, before {@code mean} and {@code std}
   * @param mean subtracted per channel, in units of {@code range} and in the model's own order of
   *     channels: blue first where {@code order} is BGR; empty for none
   * @param std divides per channel, likewise; empty for none
   */
  public record Input(
      Optional<String> name,
      Layout layout,
      Order order,
      int channels,
      Optional<Integer> height,
      Optional<Integer> width,
      Range range,
      List<Float> mean,
      List<Float> std) {
    /** Copies the lists. */
    public Input {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
    }

    /** Creates the input of a model whose channels, if they are colours, are red, green, blue. */
    public Input(
        Optional<String> name,
        Layout layout,
        int channels,
        Optional<Integer> height,
        Optional<Integer> width,
        Range range,
        List<Float> mean,
        List<Float> std) {
      this(name, layout, Order.RGB, channels, height, width, range, mean, std);
    }

    /** Returns channels, height and width as messages tell them, such as {@code 3x224xany}. */
    public String sizes() {
      return channels
          + "x"
          + height.map(Object::toString).orElse("any")
          + "x"
          + width.map(Object::toString).orElse("any");
    }
  }

  /**
   * What a model returns.
   *
   * @param name the graph's output, empty for the only one
   * @param kind what the numbers mean
   * @param classes number of classes; 0 for an image-to-image model
   * @param classNames in the order of the classes, or empty
   */
  public record Output(
      Optional<String> name, OutputKind kind, int classes, List<String> classNames) {
    /** Copies the list. */
    public Output {
      classNames = List.copyOf(classNames);
    }
  }

  /** The order of an image's axes. */
  public enum Layout {
    /** Channels, height, width. */
    NCHW,
    /** Height, width, channels. */
    NHWC
  }

  /** The order of the colours in an image's channels. */
  public enum Order {
    /** Red, green, blue: the order of Hone's images. */
    RGB,
    /** Blue, green, red, as Caffe and OpenCV have it. */
    BGR
  }

  /**
   * The pixel values a model takes.
   *
   * @param low what black (0) becomes
   * @param high what white (1) becomes
   */
  public record Range(float low, float high) {
    /** The values of [0, 1], as Hone uses them throughout. */
    public static final Range UNIT = new Range(0, 1);
  }

  /** What a model's numbers mean. */
  public enum OutputKind {
    /** Scores before softmax. */
    LOGITS,
    /** Probabilities of classes; one number per image is the probability of the second of two. */
    PROBABILITIES,
    /** Logits or probabilities: the backend finds out which from the file and from its values. */
    SCORES,
    /** Pixels in [0, 1]. */
    IMAGE
  }
}
