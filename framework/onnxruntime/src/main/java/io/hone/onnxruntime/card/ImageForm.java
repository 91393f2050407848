package io.hone.onnxruntime.card;

import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/**
 * How a graph's axes hold images: as four axes, without the channel of grey images, as flat rows,
 * or as a single image without a batch.
 *
 * @param layout the order of an image's axes
 * @param batch the axis that counts images; empty where the graph takes one image and has none
 * @param sizes of the graph's other axes, -1 for any
 * @param image the axes of one image in the graph's order: channels, height, width or height,
 *     width, channels
 */
public record ImageForm(
    Layout layout, Optional<Dimension> batch, List<Long> sizes, List<Dimension> image) {
  private static final Dimension ANY_BATCH = Dimension.named("N");
  private static final int AXES_AS_INPUT = 13;
  private static final Long ANY = -1L;

  /** Copies the lists. */
  public ImageForm {
    sizes = List.copyOf(sizes);
    image = List.copyOf(image);
  }

  /**
   * Finds out how a shape holds the images of a card; a shape that is not declared is taken for
   * four axes.
   *
   * @return empty if it cannot hold them
   */
  static Optional<ImageForm> of(ModelCard.Input card, Optional<Shape> declared) {
    long[] image = axes(card);
    List<Dimension> axes =
        declared.map(Shape::dimensions).filter(known -> !known.isEmpty()).orElse(List.of());
    if (declared.isEmpty()) {
      return Optional.of(
          new ImageForm(card.layout(), Optional.of(ANY_BATCH), boxed(image), dimensions(image)));
    }
    if (axes.isEmpty()) {
      return Optional.empty();
    }
    List<Dimension> rest = axes.subList(1, axes.size());
    Optional<ImageForm> batched =
        sizes(card, rest)
            .map(
                found ->
                    new ImageForm(
                        card.layout(), Optional.of(axes.get(0)), found, named(rest, image)));
    return batched.or(
        () ->
            sizes(card, axes)
                .filter(
                    found -> !found.contains(ANY) && (axes.get(0).isFixed() || axes.size() == 1))
                .map(
                    found ->
                        new ImageForm(card.layout(), Optional.empty(), found, dimensions(image))));
  }

  private static Optional<List<Long>> sizes(ModelCard.Input card, List<Dimension> axes) {
    long[] image = axes(card);
    if (direct(axes, image)) {
      return Optional.of(boxed(image));
    }
    // Without sizes only a grey channel can be left out: nothing tells what a product is.
    boolean grey = card.channels() == 1 && axes.size() == 2;
    return AxisGrouping.match(axes, image).filter(found -> grey || !boxed(image).contains(ANY));
  }

  private static boolean direct(List<Dimension> axes, long[] image) {
    if (axes.size() != image.length) {
      return false;
    }
    for (int axis = 0; axis < image.length; axis++) {
      if (axes.get(axis).isFixed() && axes.get(axis).size() != image[axis]) {
        return false;
      }
    }
    return true;
  }

  private static long[] axes(ModelCard.Input card) {
    long height = card.height().orElse(-1);
    long width = card.width().orElse(-1);
    return card.layout() == Layout.NCHW
        ? new long[] {card.channels(), height, width}
        : new long[] {height, width, card.channels()};
  }

  /** Names the axes of any size as the graph does. */
  private static List<Dimension> named(List<Dimension> axes, long[] image) {
    List<Dimension> dimensions = new ArrayList<>(dimensions(image));
    for (int axis = 0; axis < image.length && axes.size() == image.length; axis++) {
      if (image[axis] < 0) {
        dimensions.set(axis, axes.get(axis));
      }
    }
    return dimensions;
  }

  private static List<Dimension> dimensions(long[] image) {
    return LongStream.of(image)
        .mapToObj(size -> size < 0 ? Dimension.UNKNOWN : Dimension.of(size))
        .toList();
  }

  private static List<Long> boxed(long[] sizes) {
    return LongStream.of(sizes).boxed().toList();
  }

  /** Returns whether the graph already has a batch and the three axes of an image. */
  boolean isDirect() {
    return batch.isPresent() && sizes.equals(image.stream().map(Dimension::size).toList());
  }

  /** Returns the number of images that the graph insists on, if it does. */
  public OptionalInt fixedBatch() {
    long images = batch.map(Dimension::size).orElse(1L);
    return images < 0 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(images));
  }

  /** Returns the shape in which the graph takes a number of images of one size. */
  public long[] shapeOf(int images, ImageShape size) {
    LongStream one = LongStream.of(size.channels(), size.height(), size.width());
    if (layout == Layout.NHWC) {
      one = LongStream.of(size.height(), size.width(), size.channels());
    }
    if (!isDirect()) {
      // Where sizes are open, only the channel of grey images can be left out.
      one =
          sizes.contains(ANY)
              ? LongStream.of(size.height(), size.width())
              : sizes.stream().mapToLong(Long::longValue);
    }
    return LongStream.concat(batch.isPresent() ? LongStream.of(images) : LongStream.empty(), one)
        .toArray();
  }

  /** Returns a model whose input has four axes, in the order of the graph. */
  public OnnxModel fourAxes(OnnxModel model, String input) {
    GraphEditor graph = GraphEditor.of(model);
    if (!isDirect()) {
      List<Node> original = graph.nodes();
      graph.setNodes(List.of());
      Value images = new Value(input);
      Value taken = taken(graph, images);
      List<Node> before = graph.nodes();
      graph.setNodes(original);
      graph.rewire(Map.of(input, taken));
      List<Node> after = graph.nodes();
      graph.setNodes(before);
      after.forEach(graph::add);
    }
    List<Dimension> axes = new ArrayList<>(image);
    axes.add(0, batch.orElse(Dimension.of(1)));
    graph.replaceInputs(
        known ->
            known.name().equals(input)
                ? new TensorInfo(input, ElementType.FLOAT, Optional.of(new Shape(axes)))
                : known);
    return graph.build(model.name());
  }

  private Value taken(GraphEditor graph, Value images) {
    if (sizes.contains(ANY)) {
      return channels(graph, "Squeeze", images);
    }
    return reshaped(graph, images, sizes);
  }

  /** Returns an output that holds images as the input does, as four axes in the graph's order. */
  public Value fourAxes(GraphEditor graph, Value output) {
    if (isDirect()) {
      return output;
    }
    if (sizes.contains(ANY)) {
      return channels(graph, "Unsqueeze", output);
    }
    List<Long> axes = new ArrayList<>(image.stream().map(Dimension::size).toList());
    if (batch.isEmpty()) {
      axes.add(0, 1L);
    }
    return reshaped(graph, output, axes);
  }

  private Value reshaped(GraphEditor graph, Value value, List<Long> axes) {
    List<Long> shape = new ArrayList<>(axes);
    // Reshape keeps the size of an axis for which 0 is written.
    batch.ifPresent(axis -> shape.add(0, 0L));
    return graph.op(
        "Reshape", value, graph.list(shape.stream().mapToLong(Long::longValue).toArray()));
  }

  private Value channels(GraphEditor graph, String operator, Value value) {
    long axis = layout == Layout.NCHW ? 1 : image.size();
    return graph.opset() >= AXES_AS_INPUT
        ? graph.op(operator, value, graph.list(axis))
        : graph.node(operator, value).with("axes", new long[] {axis}).output();
  }
}
