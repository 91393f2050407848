package io.hone.onnx.opset;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * Writes an Attention, which came with opset 23, as products around a softmax: queries, keys and
 * values without a cache, as image classifiers use them.
 */
final class ComposedAttention {
  private final Node node;
  private final GraphEditor graph;

  private ComposedAttention(Node node, GraphEditor graph) {
    this.node = node;
    this.graph = graph;
  }

  /** Returns a node that opset 18 has. */
  static Node lower(Node node, GraphEditor graph, int opset) {
    ComposedAttention attention = new ComposedAttention(node, graph);
    attention.obstacle().ifPresent(reason -> attention.refuse(reason, opset));
    return attention.write();
  }

  private void refuse(String reason, int opset) {
    throw new OpsetException(
        "the "
            + node.describe()
            + " of opset "
            + opset
            + " "
            + reason
            + ", which has no form here in opset "
            + OpsetRaiser.OPSET
            + "; export the model with opset "
            + OpsetRaiser.OPSET);
  }

  private Optional<String> obstacle() {
    boolean caches =
        node.inputs().stream().skip(4).anyMatch(input -> !input.isAbsent())
            || node.outputs().stream().skip(1).anyMatch(output -> !output.isAbsent());
    boolean shares = node.integer("q_num_heads", 0) != node.integer("kv_num_heads", 0);
    Value mask = node.input(3);
    if (caches) {
      return Optional.of("keeps keys and values in a cache, or tells its scores");
    }
    if (node.integer("is_causal", 0) != 0 || node.number("softcap", 0) != 0) {
      return Optional.of("is causal or caps its scores");
    }
    if (shares) {
      return Optional.of("shares keys and values between heads");
    }
    return mask.isAbsent() || graph.constantOf(mask) != null || isFloatInput(mask)
        ? Optional.empty()
        : Optional.of("has a mask that is neither a constant nor an input of floats");
  }

  /** A mask of floats, such as a bias of positions, may be an input because it is trained. */
  private boolean isFloatInput(Value mask) {
    return graph.inputs().stream()
        .anyMatch(input -> input.name().equals(mask.name()) && input.type() == ElementType.FLOAT);
  }

  private Node write() {
    boolean joined = node.integer("q_num_heads", 0) > 0;
    Value query = heads(0, joined);
    Value key = heads(1, joined);
    Value value = heads(2, joined);
    Value turned = transposed(key, 0, 1, 3, 2);
    Value scores = masked(graph.op("MatMul", graph.op("Mul", query, scale(query)), turned));
    Value weights = graph.node("Softmax", scores).with("axis", -1).output();
    if (!joined) {
      return graph.node("MatMul", weights, value).into(List.of(node.output(0)));
    }
    Value result = transposed(graph.op("MatMul", weights, value), 0, 2, 1, 3);
    return graph.node("Reshape", result, graph.list(0, 0, -1)).into(List.of(node.output(0)));
  }

  /** Returns an input as [images, heads, places, numbers]. */
  private Value heads(int input, boolean joined) {
    if (!joined) {
      return node.input(input);
    }
    Value shape = graph.list(0, 0, node.integer("q_num_heads", 1), -1);
    return transposed(graph.op("Reshape", node.input(input), shape), 0, 2, 1, 3);
  }

  private Value transposed(Value value, long... order) {
    return graph.node("Transpose", value).with("perm", order).output();
  }

  private Value scale(Value query) {
    float told = node.number("scale", 0);
    if (told != 0) {
      return graph.scalar(told);
    }
    Value size = graph.node("Shape", query).with("start", -1).output();
    Value number = graph.node("Cast", size).with("to", ElementType.FLOAT.code()).output();
    return graph.op("Reciprocal", graph.op("Sqrt", number));
  }

  private Value masked(Value scores) {
    Value mask = node.input(3);
    if (mask.isAbsent()) {
      return scores;
    }
    ConstantTensor content = graph.constantOf(mask);
    return content != null && content.type() == ElementType.BOOL
        ? graph.op("Where", mask, scores, graph.scalar(Float.NEGATIVE_INFINITY))
        : graph.op("Add", scores, mask);
  }
}
