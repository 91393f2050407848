package io.hone.onnxruntime.fuzz;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Small files that promise large or endless work. */
final class Oddities {
  private static final int DOUBLINGS = 60;
  static final int LONG = 5_000;

  private Oddities() {}

  /** Returns models by what is odd about them. */
  static Map<String, ModelProto> all() {
    Map<String, ModelProto> all = new LinkedHashMap<>();
    all.put("a tensor of 2^40 zeros", graph((g, x) -> g.op("Add", x, filled(g, 1L << 40))));
    all.put(
        "a tensor of 2^80 zeros", graph((g, x) -> g.op("Add", x, filled(g, 1L << 40, 1L << 40))));
    all.put("a constant expanded", graph((g, x) -> g.op("Add", x, expanded(g))));
    all.put("a constant tiled", graph((g, x) -> g.op("Add", x, tiled(g))));
    all.put("a long range", graph(Oddities::range));
    all.put("a constant doubled again and again", graph(Oddities::doubledConstant));
    all.put("the image doubled again and again", graph(Oddities::doubledImage));
    all.put("reshaped to 2^40", graph((g, x) -> g.op("Reshape", x, g.list(1L << 40, -1))));
    all.put("reshaped to nothing", graph((g, x) -> g.op("Reshape", x, g.list(0, 0, 0, 0, 0, 0))));
    all.put("expanded to 2^40", graph((g, x) -> g.op("Expand", x, g.list(1L << 40, 1, 1, 1, 1))));
    all.put("padded by 2^40", graph(Oddities::padded));
    all.put("a kernel of 2^31", graph(Oddities::kernel));
    all.put("a stride of 0", graph((g, x) -> pool(g, x, 2, 0)));
    all.put("an average over 30,000 x 30,000 pads", graph(Oddities::wideAverage));
    all.put("resized to 2^31", graph(Oddities::resized));
    all.put("one hot of 2^40 classes", graph(Oddities::oneHot));
    all.put("an equation of fifty letters", graph(Oddities::equation));
    all.put("an axis that is empty", emptyImage());
    all.put("a chain of " + LONG + " nodes", graph(Oddities::chain));
    all.put("a chain of " + LONG + " nodes in reverse order", reversed());
    all.put("a value read " + LONG + " times", graph(Oddities::wide));
    all.put("subgraphs in subgraphs", nested(30));
    all.put("subgraphs too deep to parse", nested(150));
    all.put("functions that double their work", doublingFunctions());
    all.put("functions that call each other", circularFunctions());
    return all;
  }

  private static ModelProto graph(BiFunction<GraphEditor, Value, Value> draw) {
    return graph(
        Shape.of(Dimension.named("N"), Dimension.of(3), Dimension.of(4), Dimension.of(4)), draw);
  }

  private static ModelProto graph(Shape shape, BiFunction<GraphEditor, Value, Value> draw) {
    GraphEditor graph = GraphEditor.create(18);
    Value image = graph.input("image", ElementType.FLOAT, shape);
    graph.output("logits", graph.op("Flatten", draw.apply(graph, image)));
    return graph.build("odd").toProto();
  }

  private static Value filled(GraphEditor graph, long... sizes) {
    return graph.op("ConstantOfShape", graph.list(sizes));
  }

  private static Value expanded(GraphEditor graph) {
    return graph.op("Expand", graph.scalar(1), graph.list(1L << 20, 1L << 20));
  }

  private static Value tiled(GraphEditor graph) {
    Value one = graph.constant(ConstantTensor.floats(new float[1], 1, 1));
    return graph.op("Tile", one, graph.list(1L << 20, 1L << 20));
  }

  private static Value range(GraphEditor graph, Value image) {
    Value zero = graph.constant(ConstantTensor.longs(new long[] {0}));
    Value end = graph.constant(ConstantTensor.longs(new long[] {Long.MAX_VALUE}));
    Value step = graph.constant(ConstantTensor.longs(new long[] {1}));
    Value range = graph.op("Range", zero, end, step);
    Value floats = graph.node("Cast", range).with("to", ElementType.FLOAT.code()).output();
    return graph.op("Add", image, floats);
  }

  private static Value doubledConstant(GraphEditor graph, Value image) {
    Value value = graph.constant(ConstantTensor.floats(new float[4], 4));
    for (int i = 0; i < DOUBLINGS; i++) {
      value = graph.node("Concat", value, value).with("axis", 0).output();
    }
    return graph.op("Add", image, graph.node("ReduceSum", value).with("keepdims", 0).output());
  }

  private static Value doubledImage(GraphEditor graph, Value image) {
    Value value = image;
    for (int i = 0; i < DOUBLINGS; i++) {
      value = graph.node("Concat", value, value).with("axis", 1).output();
    }
    return graph.op("GlobalAveragePool", value);
  }

  private static Value padded(GraphEditor graph, Value image) {
    return graph.op("Pad", image, graph.list(0, 0, 1L << 40, 0, 0, 0, -(1L << 40), 0));
  }

  private static Value kernel(GraphEditor graph, Value image) {
    return pool(graph, image, 1L << 31, 1L << 31);
  }

  private static Value pool(GraphEditor graph, Value image, long kernel, long stride) {
    return graph
        .node("MaxPool", image)
        .with("kernel_shape", new long[] {kernel, kernel})
        .with("strides", new long[] {stride, stride})
        .output();
  }

  private static Value wideAverage(GraphEditor graph, Value image) {
    return graph
        .node("AveragePool", image)
        .with("kernel_shape", new long[] {30_000, 30_000})
        .with("pads", new long[] {29_999, 29_999, 29_999, 29_999})
        .with("strides", new long[] {3, 3})
        .output();
  }

  private static Value resized(GraphEditor graph, Value image) {
    Value sizes = graph.list(1, 3, 1L << 31, 1L << 31);
    return graph
        .node("Resize", image, Value.NONE, Value.NONE, sizes)
        .with("mode", "linear")
        .output();
  }

  private static Value oneHot(GraphEditor graph, Value image) {
    Value best = graph.node("ArgMax", image).with("axis", 1).output();
    Value classes = graph.constant(ConstantTensor.longs(new long[] {1L << 40}));
    Value numbers = graph.constant(ConstantTensor.floats(new float[] {0, 1}, 2));
    return graph.op("Add", image, graph.op("OneHot", best, classes, numbers));
  }

  private static Value equation(GraphEditor graph, Value image) {
    String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return graph
        .node("Einsum", image, image)
        .with("equation", letters + ",...ii->..." + letters)
        .output();
  }

  private static ModelProto emptyImage() {
    ModelProto.Builder model = graph((g, x) -> g.op("Relu", x)).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("nothing")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(0)
            .addDims(4));
    graph.getNodeBuilder(0).setOpType("Add").addInput("nothing");
    return model.build();
  }

  private static Value chain(GraphEditor graph, Value image) {
    Value value = image;
    for (int i = 0; i < LONG; i++) {
      value = graph.op(i % 2 == 0 ? "Tanh" : "Neg", value);
    }
    return value;
  }

  private static ModelProto reversed() {
    ModelProto.Builder model = graph(Oddities::chain).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    var nodes = new ArrayList<>(graph.getNodeList());
    Collections.reverse(nodes);
    graph.clearNode().addAllNode(nodes);
    return model.build();
  }

  private static Value wide(GraphEditor graph, Value image) {
    Value[] parts = new Value[LONG];
    for (int i = 0; i < LONG; i++) {
      parts[i] = graph.op("Tanh", image);
    }
    return graph.op("Sum", parts);
  }

  private static ModelProto nested(int depth) {
    NodeProto node = relu("image", "y");
    for (int i = 0; i < depth; i++) {
      GraphProto branch =
          GraphProto.newBuilder()
              .setName("branch")
              .addNode(node)
              .addOutput(ValueInfoProto.newBuilder().setName("y"))
              .build();
      node =
          NodeProto.newBuilder()
              .setOpType("If")
              .addInput("truth")
              .addOutput("y")
              .addAttribute(subgraph("then_branch", branch))
              .addAttribute(
                  subgraph(
                      "else_branch",
                      GraphProto.newBuilder()
                          .addNode(relu("image", "y"))
                          .addOutput(ValueInfoProto.newBuilder().setName("y"))
                          .build()))
              .build();
    }
    ModelProto.Builder model = graph((g, x) -> g.op("Relu", x)).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("truth")
            .setDataType(TensorProto.DataType.BOOL_VALUE)
            .addInt32Data(1));
    graph.getNodeBuilder(1).setInput(0, "y");
    return model.setGraph(graph.setNode(0, node)).build();
  }

  private static AttributeProto subgraph(String name, GraphProto graph) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(graph)
        .build();
  }

  private static NodeProto relu(String input, String output) {
    return NodeProto.newBuilder().setOpType("Relu").addInput(input).addOutput(output).build();
  }

  /** Each function calls the one before twice: few lines, 2^60 nodes. */
  private static ModelProto doublingFunctions() {
    ModelProto.Builder model = calling("f" + DOUBLINGS);
    for (int i = 0; i <= DOUBLINGS; i++) {
      FunctionProto.Builder function = function("f" + i);
      if (i == 0) {
        function.addNode(relu("x", "y"));
      } else {
        function.addNode(call("f" + (i - 1), "x", "z")).addNode(call("f" + (i - 1), "z", "y"));
      }
      model.addFunctions(function);
    }
    return model.build();
  }

  private static ModelProto circularFunctions() {
    return calling("there")
        .addFunctions(function("there").addNode(call("back", "x", "y")))
        .addFunctions(function("back").addNode(call("there", "x", "y")))
        .build();
  }

  private static ModelProto.Builder calling(String function) {
    ModelProto.Builder model = graph((g, x) -> g.op("Relu", x)).toBuilder();
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1));
    model.getGraphBuilder().getNodeBuilder(0).setOpType(function).setDomain("own");
    return model;
  }

  private static NodeProto call(String function, String input, String output) {
    return relu(input, output).toBuilder().setOpType(function).setDomain("own").build();
  }

  private static FunctionProto.Builder function(String name) {
    return FunctionProto.newBuilder()
        .setName(name)
        .setDomain("own")
        .addInput("x")
        .addOutput("y")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1));
  }
}
