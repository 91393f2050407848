package io.hone.onnxruntime.fuzz;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.hone.onnx.support.OddIntegers;
import java.util.Random;
import java.util.stream.Stream;

/** Inputs, outputs, opsets, subgraphs and functions that no model should have. */
final class GraphMutations {
  private GraphMutations() {}

  static Stream<Mutation> all() {
    return Stream.of(
        new Mutation("an odd opset", GraphMutations::oddOpset),
        new Mutation(
            "another opset", (m, r) -> m.getOpsetImportBuilder(0).setVersion(7 + r.nextInt(18))),
        new Mutation("no opset", (m, r) -> m.clearOpsetImport()),
        new Mutation("an odd version", (m, r) -> m.setIrVersion(OddIntegers.any(r))),
        new Mutation("an image of odd size", GraphMutations::oddSize),
        new Mutation("an image of other axes", GraphMutations::otherAxes),
        new Mutation("an image without shape", (m, r) -> tensor(m).clearShape()),
        new Mutation("an image of another type", (m, r) -> tensor(m).setElemType(r.nextInt(25))),
        new Mutation("an image that is none", (m, r) -> image(m).setType(sequence())),
        new Mutation("an image without type", (m, r) -> image(m).clearType()),
        new Mutation("no image", (m, r) -> m.getGraphBuilder().clearInput()),
        new Mutation(
            "the image twice", (m, r) -> m.getGraphBuilder().addInput(m.getGraph().getInput(0))),
        new Mutation("an output inside", GraphMutations::outputInside),
        new Mutation(
            "the output twice", (m, r) -> m.getGraphBuilder().addOutput(m.getGraph().getOutput(0))),
        new Mutation("no output", (m, r) -> m.getGraphBuilder().clearOutput()),
        new Mutation("the image is the output", GraphMutations::imageIsOutput),
        new Mutation("an If around a node", GraphMutations::branched),
        new Mutation("a function that calls itself", GraphMutations::recursive),
        new Mutation("a function of the wrong arguments", GraphMutations::wrongArguments));
  }

  private static ValueInfoProto.Builder image(ModelProto.Builder model) {
    return model.getGraphBuilder().getInputBuilder(0);
  }

  private static TypeProto.Tensor.Builder tensor(ModelProto.Builder model) {
    return image(model).getTypeBuilder().getTensorTypeBuilder();
  }

  private static TypeProto sequence() {
    return TypeProto.newBuilder().setSequenceType(TypeProto.Sequence.newBuilder()).build();
  }

  private static void oddOpset(ModelProto.Builder model, Random random) {
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OddIntegers.any(random)));
  }

  private static void oddSize(ModelProto.Builder model, Random random) {
    TensorShapeProto.Builder shape = tensor(model).getShapeBuilder();
    if (shape.getDimCount() > 0) {
      shape.getDimBuilder(random.nextInt(shape.getDimCount())).setDimValue(OddIntegers.any(random));
    }
  }

  private static void otherAxes(ModelProto.Builder model, Random random) {
    TensorShapeProto.Builder shape = tensor(model).getShapeBuilder().clearDim();
    for (int axis = random.nextInt(8); axis > 0; axis--) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1 + random.nextInt(4)));
    }
  }

  private static void outputInside(ModelProto.Builder model, Random random) {
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.getOutputBuilder(0).setName(NodeMutations.anyValue(graph, random)).clearType();
  }

  private static void imageIsOutput(ModelProto.Builder model, Random random) {
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.getOutputBuilder(0).setName(graph.getInput(0).getName());
  }

  /** The condition is the image itself, another value, or a name that nobody writes. */
  private static void branched(ModelProto.Builder model, Random random) {
    GraphProto.Builder graph = model.getGraphBuilder();
    int place = random.nextInt(graph.getNodeCount());
    NodeProto node = graph.getNode(place);
    GraphProto.Builder branch = GraphProto.newBuilder().setName("branch").addNode(node);
    node.getOutputList()
        .forEach(output -> branch.addOutput(ValueInfoProto.newBuilder().setName(output)));
    NodeProto.Builder condition =
        NodeProto.newBuilder()
            .setOpType("If")
            .addInput(random.nextBoolean() ? graph.getInput(0).getName() : "nowhere")
            .addAllOutput(node.getOutputList());
    condition.addAttribute(subgraph("then_branch", branch));
    if (random.nextBoolean()) {
      condition.addAttribute(subgraph("else_branch", branch));
    }
    graph.setNode(place, condition);
  }

  private static AttributeProto subgraph(String name, GraphProto.Builder graph) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(graph)
        .build();
  }

  private static void recursive(ModelProto.Builder model, Random random) {
    call(model, random);
    model.addFunctions(
        function()
            .addInput("x")
            .addOutput("y")
            .addNode(
                NodeProto.newBuilder()
                    .setOpType("again")
                    .setDomain("own")
                    .addInput("x")
                    .addOutput("y")));
  }

  private static void wrongArguments(ModelProto.Builder model, Random random) {
    call(model, random);
    model.addFunctions(
        function()
            .addInput("a")
            .addInput("a")
            .addOutput("nothing")
            .addAttribute("missing")
            .addNode(NodeProto.newBuilder().setOpType("Relu").addInput("b").addOutput("")));
  }

  private static FunctionProto.Builder function() {
    return FunctionProto.newBuilder()
        .setName("again")
        .setDomain("own")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18));
  }

  private static void call(ModelProto.Builder model, Random random) {
    GraphProto.Builder graph = model.getGraphBuilder();
    graph
        .getNodeBuilder(random.nextInt(graph.getNodeCount()))
        .setOpType("again")
        .setDomain("own")
        .clearAttribute();
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1));
  }
}
