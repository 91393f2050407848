package io.hone.onnx.gradient;

import io.hone.onnx.canonical.CanonicalForm;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.operator.OperatorTrait;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.shape.Shapes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the logits of a classifier whose output may be probabilities. */
public final class LogitsFinder {
  /** The opset since which a softmax normalises one axis, and not all axes from one on. */
  private static final int ONE_AXIS = 13;

  private LogitsFinder() {}

  /**
   * Walks back from an output to the softmax it ends in.
   *
   * @return the value before a Softmax or LogSoftmax over the classes at the end, or else the
   *     output itself: where that holds probabilities, {@link
   *     io.hone.onnx.graph.ModelWrapping#logarithmOf} makes logits of them
   */
  public static LogitsSource find(OnnxModel model, String output) {
    return softmaxOverClasses(model, output)
        .map(node -> new LogitsSource(node.input(0).name(), LogitsSource.Kind.BEFORE_SOFTMAX))
        .orElseGet(() -> new LogitsSource(output, LogitsSource.Kind.OUTPUT));
  }

  /**
   * Returns the Softmax or LogSoftmax that an output ends in, if it certainly normalises all scores
   * of one image together, and nothing behind it changes their order. The node is one of the
   * model's canonical form.
   *
   * @return empty also where the shapes that tell this are not known
   */
  public static Optional<Node> softmaxOverClasses(OnnxModel given, String output) {
    OnnxModel model = CanonicalForm.of(given).model();
    return ending(model, output, Set.of("Softmax", "LogSoftmax"))
        .filter(node -> normalisesClasses(model, node, output));
  }

  private static boolean normalisesClasses(OnnxModel model, Node softmax, String output) {
    Optional<Shape> scores = shape(model, softmax.output(0).name());
    Optional<Shape> returned = shape(model, output);
    if (scores.isEmpty() || returned.isEmpty()) {
      return false;
    }
    int rank = scores.get().rank();
    boolean oneAxis = model.opset() >= ONE_AXIS;
    long written = softmax.integer("axis", oneAxis ? -1 : 1);
    int axis = (int) (written < 0 ? written + rank : written);
    if (axis < 0 || axis >= rank) {
      return false;
    }
    List<Dimension> axes = scores.get().dimensions();
    long together = product(axes.subList(axis, oneAxis ? axis + 1 : rank));
    long before = axis == 0 ? 1 : product(axes.subList(1, axis));
    long behind = oneAxis ? product(axes.subList(axis + 1, rank)) : 1;
    List<Dimension> ports = returned.get().dimensions();
    long classes =
        ports.isEmpty() ? 1 : product(ports.subList(ports.size() > 1 ? 1 : 0, ports.size()));
    return together == classes && classes > 0 && before == 1 && behind == 1;
  }

  /** Returns the product of fixed sizes, -1 if one of them is open. */
  private static long product(List<Dimension> axes) {
    long product = 1;
    for (Dimension axis : axes) {
      if (!axis.isFixed()) {
        return -1;
      }
      product *= axis.size();
    }
    return product;
  }

  private static Optional<Shape> shape(OnnxModel model, String value) {
    try {
      Optional<Shape> followed = Shapes.of(OpsetRaiser.raise(model)).of(new Value(value));
      if (followed.isPresent()) {
        return followed;
      }
    } catch (OpsetException | OnnxFormatException unknown) {
      // What the graph declares is all there is.
    }
    return model.outputs().stream()
        .filter(port -> port.name().equals(value))
        .findFirst()
        .flatMap(TensorInfo::shape);
  }

  /**
   * Walks back from an output over what changes no number and moves none, and returns the node
   * found there if it is one of the given operators. The node is one of the model's canonical form.
   */
  public static Optional<Node> ending(OnnxModel given, String output, Set<String> operators) {
    OnnxModel model = CanonicalForm.of(given).model();
    Optional<Node> node = model.producer(new Value(output));
    while (node.isPresent()) {
      Node current = node.get();
      if (!current.domain().isEmpty()) {
        return Optional.empty();
      }
      if (operators.contains(current.operator())) {
        return node;
      }
      if (!passes(current)) {
        return Optional.empty();
      }
      node = model.producer(current.input(0));
    }
    return Optional.empty();
  }

  private static boolean passes(Node node) {
    if (node.is("Cast")) {
      return ElementType.of((int) node.integer("to", 0)).isFloating();
    }
    if (node.is("Dropout")) {
      // A third input may say that the model is being trained.
      return node.input(2).isAbsent();
    }
    return OperatorTrait.VIEWS.isOf(node);
  }
}
