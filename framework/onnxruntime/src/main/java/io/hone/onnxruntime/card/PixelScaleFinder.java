package io.hone.onnxruntime.card;

import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.Range;
import io.hone.onnx.folding.Content;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnx.shape.Shapes;
import io.hone.onnxruntime.card.PixelScale.Affine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the images into a graph, through what only moves them and through sums and products with
 * constants, until something tells which pixel values the graph takes.
 */
final class PixelScaleFinder {
  /** What moves pixels, or cuts them off at bounds, and keeps the order of channels. */
  private static final Set<String> MOVING =
      Set.of(
          "Identity",
          "Cast",
          "Transpose",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Dropout",
          "Resize",
          "Upsample",
          "Pad",
          "Clip");

  /** What may choose channels or change their order. */
  private static final Set<String> CHOOSING = Set.of("Gather", "Slice", "Split");

  /** More numbers than there are channels are those of a mean image. */
  private static final int MOST_CHANNELS = 16;

  private final OnnxModel model;
  private final ElementType type;
  private final Map<String, Followed> followed = new HashMap<>();
  private Optional<Shapes> shapes = Optional.empty();
  private PixelScale found = PixelScale.UNTOLD;

  private PixelScaleFinder(OnnxModel model, ElementType type) {
    this.model = model;
    this.type = type;
  }

  /** What the images have become: their map, and whether channels may have changed places. */
  private record Followed(Affine map, boolean chosen) {}

  /**
   * Returns what a graph tells of the values of its pixels.
   *
   * @param type of the input as the file has it, before its canonical form
   */
  static PixelScale find(OnnxModel model, String input, ElementType type) {
    return new PixelScaleFinder(model, type).find(input);
  }

  private PixelScale find(String input) {
    followed.put(input, new Followed(Affine.IDENTITY, false));
    for (Node node : model.nodes()) {
      if (!node.domain().isEmpty() || node.inputs().isEmpty()) {
        continue;
      }
      if (MOVING.contains(node.operator()) || CHOOSING.contains(node.operator())) {
        Followed before = followed.get(node.input(0).name());
        if (before != null) {
          boolean chosen = before.chosen() || CHOOSING.contains(node.operator());
          node.writes().forEach(value -> followed.put(value, new Followed(before.map(), chosen)));
        }
      } else {
        follow(node);
      }
    }
    return found;
  }

  private void follow(Node node) {
    switch (node.operator()) {
      case "Add" -> binary(node, (map, other, second) -> map.then(ONE, other));
      case "Sub" ->
          binary(
              node,
              (map, other, second) ->
                  second ? map.then(MINUS_ONE, other) : map.then(ONE, negative(other)));
      case "Mul" -> binary(node, (map, other, second) -> map.then(other, ZERO));
      case "Div" ->
          binary(
              node,
              (map, other, second) -> second ? Optional.empty() : map.then(inverse(other), ZERO));
      case "BatchNormalization" -> normalization(node);
      default -> {
        // Anything else mixes pixels.
      }
    }
  }

  private static final double[] ONE = {1};
  private static final double[] MINUS_ONE = {-1};
  private static final double[] ZERO = {0};

  private interface Step {
    /**
     * Returns the map with a constant applied; {@code second} if the images are the second operand.
     */
    Optional<Affine> with(Affine map, double[] other, boolean second);
  }

  private void binary(Node node, Step step) {
    boolean second = !followed.containsKey(node.input(0).name());
    Followed before = followed.get(node.input(second ? 1 : 0).name());
    if (before == null) {
      return;
    }
    numbers(node.input(second ? 0 : 1))
        .flatMap(other -> step.with(before.map(), other, second))
        .ifPresent(map -> reach(node, new Followed(map, before.chosen())));
  }

  /** The mean and variance that training recorded of the images themselves tell most. */
  private void normalization(Node node) {
    Followed before = followed.get(node.input(0).name());
    if (before == null || node.inputs().size() < 5) {
      return;
    }
    Optional<double[]> mean = numbers(node.input(3));
    Optional<double[]> variance = numbers(node.input(4));
    if (mean.isEmpty() || variance.isEmpty()) {
      return;
    }
    double[] deviation = variance.get().clone();
    for (int i = 0; i < deviation.length; i++) {
      deviation[i] = Math.sqrt(deviation[i] + node.number("epsilon", 1e-5f));
    }
    before
        .map()
        .then(ONE, negative(mean.get()))
        .flatMap(map -> map.then(inverse(deviation), ZERO))
        .ifPresent(map -> judge(new Followed(map, before.chosen())));
  }

  private void reach(Node node, Followed after) {
    followed.put(node.writes().get(0), after);
    judge(after);
  }

  private void judge(Followed after) {
    if (found.range().isEmpty()) {
      found = PixelScale.judge(type, after.map()).orElse(found);
    }
    if (!after.chosen() && found.order().isEmpty()) {
      Optional<Order> order = PixelScale.order(found.range().orElse(Range.UNIT), after.map());
      found = new PixelScale(found.range(), found.reason(), order);
    }
  }

  private Optional<double[]> numbers(Value value) {
    return constant(value)
        .filter(all -> all.length > 0)
        .map(
            all ->
                all.length <= MOST_CHANNELS
                    ? all
                    : new double[] {Arrays.stream(all).average().orElseThrow()});
  }

  private Optional<double[]> constant(Value value) {
    ConstantTensor stored = model.constants().get(value.name());
    if (stored != null && stored.type() == ElementType.FLOAT && !stored.isExternal()) {
      float[] content = stored.toFloats();
      double[] numbers = new double[content.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = content[i];
      }
      return Optional.of(numbers);
    }
    if (stored == null && model.producer(value).isEmpty()) {
      return Optional.empty();
    }
    try {
      if (shapes.isEmpty()) {
        shapes = Optional.of(Shapes.of(model));
      }
      return shapes.get().content(value).map(PixelScaleFinder::numbers);
    } catch (OpsetException | OnnxFormatException unknown) {
      return Optional.empty();
    }
  }

  private static double[] numbers(Content content) {
    double[] numbers = new double[Math.toIntExact(content.count())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = content.number(i);
    }
    return numbers;
  }

  private static double[] negative(double[] numbers) {
    return Arrays.stream(numbers).map(number -> -number).toArray();
  }

  private static double[] inverse(double[] numbers) {
    return Arrays.stream(numbers).map(number -> 1 / number).toArray();
  }
}
