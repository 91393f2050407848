package io.hone.onnxruntime.fuzz;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import io.hone.onnx.support.OddIntegers;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Attributes of another type, number or length. */
final class AttributeMutations {
  private static final List<String> NAMES =
      List.of(
          "axis",
          "axes",
          "pads",
          "strides",
          "dilations",
          "kernel_shape",
          "group",
          "perm",
          "ceil_mode",
          "auto_pad",
          "equation",
          "num_outputs",
          "mode",
          "to",
          "start",
          "end",
          "keepdims",
          "transA",
          "batch_dims",
          "epsilon",
          "size",
          "value",
          "body",
          "then_branch");

  private AttributeMutations() {}

  /** Changes one attribute. */
  @FunctionalInterface
  private interface AttributeChange {
    void apply(AttributeProto.Builder attribute, Random random);
  }

  static Stream<Mutation> all() {
    return Stream.of(
        attribute("is an odd number", (a, r) -> a.setI(OddIntegers.any(r))),
        attribute("lists an odd number", AttributeMutations::oddEntry),
        attribute("lists more", (a, r) -> a.addInts(OddIntegers.any(r))),
        attribute("lists nothing", (a, r) -> a.clearInts()),
        attribute("lists ten thousand", AttributeMutations::tenThousand),
        attribute("is a text", (a, r) -> typed(a, AttributeType.STRING).setS(text(r))),
        attribute("is a float", (a, r) -> typed(a, AttributeType.FLOAT).setF(Float.NaN)),
        attribute("is a graph", (a, r) -> typed(a, AttributeType.GRAPH).setG(emptyGraph())),
        attribute("has another type", (a, r) -> a.setType(AttributeType.values()[r.nextInt(10)])),
        attribute("has another name", (a, r) -> a.setName(NAMES.get(r.nextInt(NAMES.size())))),
        new Mutation("an attribute more", AttributeMutations::more),
        new Mutation("no attributes", (m, r) -> node(m.getGraphBuilder(), r).clearAttribute()));
  }

  private static NodeProto.Builder node(GraphProto.Builder graph, Random random) {
    return graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
  }

  private static Mutation attribute(String name, AttributeChange change) {
    return new Mutation(
        "an attribute " + name,
        (model, random) -> {
          List<NodeProto.Builder> nodes =
              model.getGraphBuilder().getNodeBuilderList().stream()
                  .filter(node -> node.getAttributeCount() > 0)
                  .toList();
          if (!nodes.isEmpty()) {
            NodeProto.Builder node = nodes.get(random.nextInt(nodes.size()));
            change.apply(
                node.getAttributeBuilder(random.nextInt(node.getAttributeCount())), random);
          }
        });
  }

  private static void more(ai.onnx.proto.OnnxMl.ModelProto.Builder model, Random random) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (random.nextBoolean()) {
      typed(attribute, AttributeType.INT).setI(OddIntegers.any(random));
    } else {
      typed(attribute, AttributeType.INTS)
          .addInts(OddIntegers.any(random))
          .addInts(OddIntegers.any(random));
    }
    node(model.getGraphBuilder(), random).addAttribute(attribute);
  }

  private static void oddEntry(AttributeProto.Builder attribute, Random random) {
    if (attribute.getIntsCount() > 0) {
      attribute.setInts(random.nextInt(attribute.getIntsCount()), OddIntegers.any(random));
    }
  }

  private static void tenThousand(AttributeProto.Builder attribute, Random random) {
    for (int i = 0; i < 10_000; i++) {
      attribute.addInts(1);
    }
  }

  private static AttributeProto.Builder typed(
      AttributeProto.Builder attribute, AttributeType type) {
    return attribute.clearInts().clearI().clearF().clearS().clearT().setType(type);
  }

  private static ByteString text(Random random) {
    return ByteString.copyFromUtf8(random.nextBoolean() ? "SAME_UPPER" : "->,...\u0000");
  }

  private static GraphProto emptyGraph() {
    return GraphProto.newBuilder().setName("empty").build();
  }
}
