package io.hone.onnx.scores;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.OnnxModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that draw random numbers wherever ONNX lets them. */
class RandomNodesTest {
  @ParameterizedTest
  @ValueSource(strings = {"RandomNormalLike", "RandomUniformLike", "Bernoulli", "Multinomial"})
  void drawingOperatorsAreNamed(String operator) {
    OnnxModel model = model(node(operator, "x", "y"));
    assertThat(RandomNodes.of(model, "y")).singleElement().asString().contains(operator);
  }

  @Test
  void whatNoOutputNeedsDoesNotCount() {
    OnnxModel model = model(node("Bernoulli", "x", "other"), node("Neg", "x", "y"));
    assertThat(RandomNodes.of(model, "y")).isEmpty();
  }

  @Test
  void branchesAreLookedInto() {
    NodeProto branch =
        node("If", "x", "y").toBuilder()
            .addAttribute(graph("then_branch", node("Neg", "x", "t")))
            .addAttribute(graph("else_branch", node("RandomNormalLike", "x", "e")))
            .build();
    assertThat(RandomNodes.of(model(branch), "y"))
        .singleElement()
        .asString()
        .contains("RandomNormalLike");
  }

  @Test
  void functionsAreLookedInto() {
    NodeProto call = node("Shaken", "x", "y").toBuilder().setDomain("own").build();
    FunctionProto shaken =
        FunctionProto.newBuilder()
            .setName("Shaken")
            .setDomain("own")
            .addInput("a")
            .addOutput("b")
            .addNode(node("Bernoulli", "a", "b"))
            .build();
    OnnxModel model =
        OnnxModel.of(model(call).toProto().toBuilder().addFunctions(shaken).build(), "functions");
    assertThat(RandomNodes.of(model, "y")).singleElement().asString().contains("Bernoulli");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dropoutDrawsInTrainingAlone(boolean training) {
    NodeProto ratio = constant("ratio", ElementType.FLOAT, new byte[] {0, 0, 0, 63});
    NodeProto flag = constant("flag", ElementType.BOOL, new byte[] {(byte) (training ? 1 : 0)});
    NodeProto dropout =
        node("Dropout", "x", "y").toBuilder().addInput("ratio").addInput("flag").build();
    assertThat(RandomNodes.of(model(ratio, flag, dropout), "y")).hasSize(training ? 1 : 0);
  }

  private static NodeProto constant(String name, ElementType type, byte[] raw) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDataType(type.code())
            .setRawData(ByteString.copyFrom(raw))
            .build();
    return NodeProto.newBuilder()
        .setOpType("Constant")
        .addOutput(name)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(tensor))
        .build();
  }

  private static AttributeProto graph(String name, NodeProto node) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(
            GraphProto.newBuilder()
                .addNode(node)
                .addOutput(ValueInfoProto.newBuilder().setName(node.getOutput(0))))
        .build();
  }

  private static NodeProto node(String operator, String input, String output) {
    return NodeProto.newBuilder().setOpType(operator).addInput(input).addOutput(output).build();
  }

  private static OnnxModel model(NodeProto... nodes) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(ValueInfoProto.newBuilder().setName("x"))
            .addOutput(ValueInfoProto.newBuilder().setName("y"));
    for (NodeProto node : nodes) {
      graph.addNode(node);
    }
    return OnnxModel.of(
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
            .build(),
        "random");
  }
}
