package io.hone.onnx.batchaxis;

import io.hone.onnx.folding.Content;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One node on the way from the images: where they are in its inputs, and what a rule may emit. */
final class BatchStep {
  private final Node node;
  private final int index;
  private final BatchFlow flow;

  BatchStep(Node node, int index, BatchFlow flow) {
    this.node = node;
    this.index = index;
    this.flow = flow;
  }

  Node node() {
    return node;
  }

  GraphEditor graph() {
    return flow.graph();
  }

  /** Returns the number of images, as frozen or named. */
  Dimension images() {
    return flow.images();
  }

  /** Returns whether the node is emitted for any number of images; else it is looked at only. */
  boolean isRewriting() {
    return images().isFixed();
  }

  /** Returns where the images are in an input; empty if it is the same for all of them. */
  Optional<Rows> rows(int input) {
    return flow.rows(node.input(input));
  }

  /** Returns where the images are in an input that depends on them. */
  Rows rowsOf(int input) {
    return rows(input)
        .orElseThrow(() -> obstacle("reads the images in another place than its input " + input));
  }

  /** Lets only the given inputs depend on the images. */
  void coverOnly(Integer... inputs) {
    for (int i = 0; i < node.inputs().size(); i++) {
      if (rows(i).isPresent() && !List.of(inputs).contains(i)) {
        throw obstacle("takes its input " + i + ", '" + node.input(i).name() + "', from the image");
      }
    }
  }

  /** Returns the shape of an input while the number of images is frozen. */
  Shape shape(int input) {
    return shape(node.input(input));
  }

  Shape shape(Value value) {
    return flow.shapes()
        .of(value)
        .orElseThrow(() -> obstacle("has the value '" + value.name() + "' of unknown shape"));
  }

  int rank(int input) {
    return shape(input).rank();
  }

  /** Returns an axis counted from 0. */
  int axis(long axis, int rank) {
    long counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted >= rank) {
      throw obstacle("names the axis " + axis + " of " + rank);
    }
    return (int) counted;
  }

  /** Returns the content of an input, which must be known. */
  Content content(int input) {
    return flow.shapes()
        .content(node.input(input))
        .orElseThrow(
            () -> obstacle("reads '" + node.input(input).name() + "', which is not constant"));
  }

  Optional<Content> contentOf(Value value) {
    return flow.shapes().content(value);
  }

  /** Returns a list of integers, as far as they are known. */
  Optional<List<Dimension>> list(Value value) {
    return flow.shapes().list(value);
  }

  /** Emits a form of the node. */
  void emit(Node form) {
    graph().add(form);
  }

  /** Emits the node as it is, and tells where the images are in its first output. */
  void keep(Rows rows) {
    emit(node);
    tell(0, rows);
  }

  void tell(int output, Rows rows) {
    flow.tell(node.output(output), rows);
  }

  /** Picks one of several readings of this node, tried in their order. */
  <T> T choose(List<T> readings) {
    return flow.choose(index, readings);
  }

  BatchObstacle obstacle(String reason) {
    return BatchFlow.obstacle(node, reason, false);
  }

  /** Returns the obstacle that the node computes one image's values from several images. */
  BatchObstacle mixes(String how) {
    return BatchFlow.obstacle(node, how, true);
  }

  /** Returns the number of images of this run, times a factor, as a list of one integer. */
  Value imagesTimes(Dimension factor) {
    Value count = graph().node("Shape", flow.input()).with("start", 0).with("end", 1).output();
    return factor.equals(Dimension.of(1))
        ? count
        : graph().op("Mul", count, graph().list(factor.size()));
  }

  /** Returns the inputs with one replaced. */
  Node withInput(Node form, int input, Value value) {
    List<Value> inputs = new ArrayList<>(form.inputs());
    inputs.set(input, value);
    return form.withInputs(inputs);
  }

  /** Returns a list of integers with the entry at one place replaced. */
  Value withEntry(Value list, int length, int place, Value entry) {
    List<Value> parts = new ArrayList<>();
    if (place > 0) {
      parts.add(graph().op("Slice", list, graph().list(0), graph().list(place)));
    }
    parts.add(entry);
    if (place < length - 1) {
      parts.add(graph().op("Slice", list, graph().list(place + 1), graph().list(length)));
    }
    return graph().node("Concat", parts.toArray(Value[]::new)).with("axis", 0).output();
  }

  /**
   * Returns a value that is the same for all images, once for each image along an axis.
   *
   * @param shared with the size there that the axis has while the number of images is frozen
   * @param rows where the images shall be
   */
  Value spread(Value shared, Rows rows) {
    Shape shape = shape(shared);
    if (!shape.axis(rows.axis()).sameAs(rows.size(images()))) {
      throw obstacle(
          "joins '" + shared.name() + "' of shape " + shape + " with values of another batch size");
    }
    if (!isRewriting()) {
      throw obstacle("joins '" + shared.name() + "', which may differ from image to image");
    }
    if (!shape.isFixed() || !rows.outer().isFixed() || !rows.inner().isFixed()) {
      throw obstacle("joins '" + shared.name() + "' of unknown size");
    }
    if (images().size() != 1 && !isEqualForAll(shared, rows)) {
      throw obstacle("joins '" + shared.name() + "', which has numbers of its own for each image");
    }
    return repeat(shared, shape, rows);
  }

  private boolean isEqualForAll(Value shared, Rows rows) {
    Optional<Content> content = contentOf(shared);
    if (content.isEmpty()) {
      return false;
    }
    long[] sizes = content.get().sizes();
    long behind = rows.inner().size();
    for (int axis = rows.axis() + 1; axis < sizes.length; axis++) {
      behind *= sizes[axis];
    }
    long count = images().size();
    for (int i = 0; i < content.get().count(); i++) {
      int first = (int) (i - i / behind % count * behind);
      if (content.get().number(i) != content.get().number(first)) {
        return false;
      }
    }
    return true;
  }

  private Value repeat(Value shared, Shape shape, Rows rows) {
    int axis = rows.axis();
    long[] sizes = shape.sizes();
    long[] apart = new long[sizes.length + 2];
    System.arraycopy(sizes, 0, apart, 0, axis);
    apart[axis] = rows.outer().size();
    apart[axis + 1] = images().size();
    apart[axis + 2] = rows.inner().size();
    System.arraycopy(sizes, axis + 1, apart, axis + 3, sizes.length - axis - 1);
    Value split = rows.isPlain() ? shared : graph().op("Reshape", shared, graph().list(apart));
    int batch = rows.isPlain() ? axis : axis + 1;
    int rank = rows.isPlain() ? sizes.length : apart.length;
    Value one =
        images().size() == 1
            ? split
            : graph().op("Slice", split, graph().list(0), graph().list(1), graph().list(batch));
    long[] ones = new long[rank];
    Arrays.fill(ones, 1);
    Value target = withEntry(graph().list(ones), rank, batch, imagesTimes(Dimension.of(1)));
    Value all = graph().op("Expand", one, target);
    if (rows.isPlain()) {
      return all;
    }
    long[] joined = sizes.clone();
    joined[axis] = -1;
    return graph().op("Reshape", all, graph().list(joined));
  }
}
