package io.hone.onnx.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.simplify.Simplifier;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainableWeightsTest {
  private final GraphEditor graph = GraphEditor.create(18);
  private final Value image =
      graph.input(
          "image",
          ElementType.FLOAT,
          Shape.of(Dimension.named("N"), Dimension.of(2), Dimension.of(4), Dimension.of(4)));

  @TempDir Path folder;

  private Value constant(String name, long... shape) {
    float[] content = Array.uniform(new Random(name.hashCode()), 0.5f, 1, shape).content();
    return graph.constant(name, ConstantTensor.floats(content, shape));
  }

  /** Convolution, normalisation, PRelu, a product with a turned and tied kernel. */
  private OnnxModel mixed() {
    Value x = graph.op("Conv", image, constant("kernel", 3, 2, 1, 1), constant("bias", 3));
    x =
        graph.op(
            "BatchNormalization",
            x,
            constant("scale", 3),
            constant("shift", 3),
            constant("mean", 3),
            constant("variance", 3));
    x = graph.op("PRelu", x, constant("slope", 3, 1, 1));
    Value means = graph.node("Flatten", graph.op("GlobalAveragePool", x)).with("axis", 1).output();
    Value turned =
        graph.node("Transpose", constant("matrix", 3, 3)).with("perm", new long[] {1, 0}).output();
    Value once = graph.op("Gemm", means, turned, constant("offset", 3));
    Value twice = graph.op("MatMul", once, new Value("matrix"));
    Value half = graph.op("Mul", twice, constant("half"));
    constant("unused", 5);
    graph.output("logits", graph.op("Add", half, constant("places", 1, 3)));
    return graph.build("mixed.onnx");
  }

  @Test
  void findsWeightsInTheOrderOfTheModelAndTellsWhatTheyAre() {
    TrainableWeights weights = TrainableWeights.of(mixed(), "logits");
    assertThat(weights.weights())
        .extracting(weight -> weight.name() + " " + weight.kind())
        .containsExactly(
            "kernel KERNEL",
            "bias BIAS",
            "scale SCALE",
            "shift SHIFT",
            "slope SLOPE",
            "matrix KERNEL",
            "offset BIAS",
            "places OTHER");
    assertThat(weights.numbers()).extracting(Weight::name).containsExactly("half");
    assertThat(weights.statistics()).containsExactly("mean", "variance");
    assertThat(weights.notes()).isEmpty();
    assertThat(weights.find("matrix").orElseThrow().shape()).isEqualTo(Shape.of(3, 3));
  }

  @Test
  void followsWeightsThroughViewsToWhatReadsThem() {
    Value rows = graph.op("Gather", constant("table", 5, 32), graph.list(0, 3, 1));
    Value x = graph.op("MatMul", graph.op("Reshape", image, graph.list(-1, 32)), turned(rows));
    x = graph.op("Add", graph.op("Reshape", constant("added", 3, 1), graph.list(3)), x);
    x = graph.op("Add", x, graph.constant("mask", infinite()));
    graph.output("logits", graph.op("LayerNormalization", x, constant("gain", 3)));
    TrainableWeights weights = TrainableWeights.of(graph.build("views"), "logits");
    assertThat(weights.weights())
        .extracting(weight -> weight.name() + " " + weight.kind())
        .containsExactly("table EMBEDDING", "added BIAS", "gain SCALE");
  }

  private Value turned(Value matrix) {
    return graph.node("Transpose", matrix).with("perm", new long[] {1, 0}).output();
  }

  private static ConstantTensor infinite() {
    return ConstantTensor.floats(new float[] {0, Float.NEGATIVE_INFINITY, 0}, 3);
  }

  @Test
  void namesWeightsThatStay() {
    graph.add(
        graph
            .node("Constant")
            .with("value_floats", new float[] {1, 2})
            .into(List.of(new Value("listed"))));
    Value x = graph.op("Conv", image, constant("kernel", 2, 2, 4, 4));
    graph.output("logits", graph.op("Mul", graph.op("Flatten", x), new Value("listed")));
    assertThat(TrainableWeights.of(graph.build("stays"), "logits").notes())
        .singleElement()
        .asString()
        .contains("[listed]")
        .contains("stay as they are");
  }

  @Test
  void opensWeightsThatNoPassFolds() {
    OnnxModel model = mixed();
    TrainableWeights weights = TrainableWeights.of(model, "logits");
    OnnxModel opened = weights.open();
    OnnxModel simple = Simplifier.forDifferentiation(opened, Set.of("logits"));
    assertThat(simple.inputs()).extracting(TensorInfo::name).startsWith("image", "kernel", "bias");
    assertThat(simple.nodes()).anyMatch(node -> node.is("BatchNormalization"));
    Map<String, Array> feed = new HashMap<>();
    for (Weight weight : weights.weights()) {
      assertThat(simple.input(weight.name()).orElseThrow().shape()).contains(weight.shape());
      feed.put(weight.name(), new Array(weights.content(weight.name()), weight.shape().sizes()));
    }
    Array images = Array.uniform(new Random(1), 0, 1, 2, 2, 4, 4);
    try (Evaluator before = new Evaluator(model);
        Evaluator after = new Evaluator(simple)) {
      Map<String, Array> image = Map.of("image", images);
      feed.putAll(image);
      assertThat(after.run(feed).get("logits").content())
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(before.run(image).get("logits").content());
    }
  }

  @Test
  void closesTheOriginalWithOtherNumbersAndNothingElseChanged() {
    OnnxModel model = described(mixed());
    TrainableWeights weights = TrainableWeights.of(model, "logits");
    OnnxModel closed =
        weights.close(Map.of("matrix", new float[9], "variance", new float[] {4, 5, 6}));
    assertThat(withoutInitialisers(closed)).isEqualTo(withoutInitialisers(model));
    assertThat(closed.constants().keySet()).containsExactlyElementsOf(model.constants().keySet());
    assertThat(closed.constants().get("matrix").toFloats()).containsOnly(0);
    assertThat(closed.constants().get("variance").toFloats()).containsExactly(4, 5, 6);
    assertThat(closed.constants().get("kernel").toFloats()).isEqualTo(weights.content("kernel"));
    assertThat(weights.close(Map.of()).toBytes()).isEqualTo(model.toBytes());
  }

  private static OnnxModel described(OnnxModel model) {
    ModelProto.Builder proto = model.toProto().toBuilder().setDocString("theirs").setIrVersion(9);
    proto.addMetadataPropsBuilder().setKey("author").setValue("somebody");
    return OnnxModel.of(proto.build(), "theirs.onnx");
  }

  private static ByteString withoutInitialisers(OnnxModel model) {
    ModelProto.Builder proto = model.toProto().toBuilder();
    proto.getGraphBuilder().clearInitializer();
    return proto.build().toByteString();
  }

  @Test
  void takesInitialisersThatAreInputsTooAsBeforeIr4() {
    OnnxModel model = mixed();
    ModelProto.Builder proto = model.toProto().toBuilder().setIrVersion(3);
    GraphProto.Builder listed = proto.getGraphBuilder();
    List<ValueInfoProto> ports = List.copyOf(listed.getInputList());
    listed.clearInput();
    model.constants().keySet().forEach(name -> listed.addInput(port(name)));
    listed.addAllInput(ports);
    OnnxModel old = OnnxModel.of(proto.build(), "old.onnx");
    TrainableWeights weights = TrainableWeights.of(old, "logits");
    assertThat(weights.weights()).hasSize(8);
    assertThat(weights.open().inputs()).extracting(TensorInfo::name).startsWith("image", "kernel");
    assertThat(weights.close(Map.of("bias", new float[3])).toProto().getGraph().getInputList())
        .isEqualTo(listed.getInputList());
  }

  private static ValueInfoProto port(String name) {
    TypeProto.Tensor type = TypeProto.Tensor.newBuilder().setElemType(1).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  @Test
  void takesTensorsThatConstantNodesHold() {
    OnnxModel model = withConstantNode();
    TrainableWeights weights = TrainableWeights.of(model, "logits");
    assertThat(weights.weights())
        .containsExactly(new Weight("held", Shape.of(4, 2), WeightKind.KERNEL));
    assertThat(weights.open().inputs()).extracting(TensorInfo::name).containsExactly("x", "held");
    OnnxModel closed = weights.close(Map.of("held", new float[] {1, 2, 3, 4, 5, 6, 7, 8}));
    assertThat(TrainableWeights.of(closed, "logits").content("held"))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  private static OnnxModel withConstantNode() {
    GraphEditor graph = GraphEditor.create(18);
    Value x = graph.input("x", ElementType.FLOAT, Shape.of(Dimension.named("N"), Dimension.of(4)));
    graph.add(
        graph
            .node("Constant")
            .with("value", ConstantTensor.floats(new float[8], 4, 2))
            .into(List.of(new Value("held"))));
    graph.output("logits", graph.op("MatMul", x, new Value("held")));
    return graph.build("held.onnx");
  }

  @Test
  void bringsExternalWeightsInside() throws Exception {
    ModelProto.Builder proto = withInitialiser(ElementType.FLOAT).toProto().toBuilder();
    TensorProto.Builder tensor = proto.getGraphBuilder().getInitializerBuilder(0);
    Files.write(folder.resolve("weights.bin"), tensor.getRawData().toByteArray());
    tensor.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
    tensor.addExternalDataBuilder().setKey("location").setValue("weights.bin");
    Path file = folder.resolve("model.onnx");
    Files.write(file, proto.build().toByteArray());
    OnnxModel read = OnnxModel.read(file);
    OnnxModel closed = TrainableWeights.of(read, "logits").close(Map.of("w", new float[8]));
    assertThat(OnnxModel.parse(closed.toBytes(), "closed").constants().get("w").toFloats())
        .containsOnly(0);
    OnnxModel unread = OnnxModel.of(proto.build(), "bytes.onnx");
    assertThatThrownBy(() -> TrainableWeights.of(unread, "logits"))
        .isInstanceOf(UntrainableModelException.class)
        .hasMessageContaining("'w' is in another file");
  }

  private static OnnxModel withInitialiser(ElementType type) {
    GraphEditor graph = GraphEditor.create(18);
    Value x = graph.input("x", type, Shape.of(Dimension.named("N"), Dimension.of(4)));
    byte[] bytes =
        new byte[8 * (type == ElementType.DOUBLE ? 8 : type == ElementType.FLOAT ? 4 : 2)];
    TensorProto tensor =
        TensorProto.newBuilder()
            .addDims(4)
            .addDims(2)
            .setDataType(type.code())
            .setRawData(ByteString.copyFrom(bytes))
            .build();
    Value w = graph.constant("w", ConstantTensor.of(tensor));
    graph.output(graph.op("Identity", graph.op("MatMul", x, w)), type, null);
    OnnxModel model = graph.build(type + ".onnx");
    ModelProto.Builder named = model.toProto().toBuilder();
    named.getGraphBuilder().getOutputBuilder(0).setName("logits");
    named.getGraphBuilder().getNodeBuilder(1).setOutput(0, "logits");
    return OnnxModel.of(named.build(), type + ".onnx");
  }

  @Test
  void refusesOtherPrecisionsByName() {
    for (ElementType type :
        List.of(ElementType.FLOAT16, ElementType.BFLOAT16, ElementType.DOUBLE)) {
      OnnxModel model = withInitialiser(type);
      assertThatThrownBy(() -> TrainableWeights.of(model, "logits"))
          .isInstanceOf(UntrainableModelException.class)
          .hasMessageContaining(type + ".onnx: the weight 'w' is of type " + type)
          .hasMessageContaining("export the model in single precision");
    }
  }

  @Test
  void refusesQuantisedWeightsByName() {
    TensorProto bytes =
        TensorProto.newBuilder()
            .addDims(3)
            .addDims(3)
            .setDataType(ElementType.INT8.code())
            .setRawData(ByteString.copyFrom(new byte[9]))
            .build();
    Value quantised = graph.constant("w_quantised", ConstantTensor.of(bytes));
    Value w = graph.op("DequantizeLinear", quantised, graph.scalar(0.1f));
    graph.output("logits", graph.op("MatMul", graph.op("Reshape", image, graph.list(-1, 3)), w));
    OnnxModel model = graph.build("quantised.onnx");
    assertThatThrownBy(() -> TrainableWeights.of(model, "logits"))
        .isInstanceOf(UntrainableModelException.class)
        .hasMessageContaining("'w_quantised' is quantised (INT8)")
        .hasMessageContaining("export the model in single precision");
  }

  @Test
  void refusesModelsWithoutWeights() {
    graph.output("logits", graph.op("Mul", graph.op("GlobalAveragePool", image), constant("two")));
    OnnxModel model = graph.build("bare.onnx");
    assertThatThrownBy(() -> TrainableWeights.of(model, "logits"))
        .isInstanceOf(UntrainableModelException.class)
        .hasMessageContaining("bare.onnx: no float weight reaches 'logits'");
    assertThatThrownBy(() -> TrainableWeights.of(model, "scores"))
        .isInstanceOf(OnnxFormatException.class)
        .hasMessageContaining("no value 'scores'");
  }

  @Test
  void refusesWeightsThatALoopReads() {
    GraphProto body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(ValueInfoProto.newBuilder().setName("i"))
            .addInput(ValueInfoProto.newBuilder().setName("go"))
            .addInput(ValueInfoProto.newBuilder().setName("state"))
            .addNode(node("Identity", List.of("go"), "on"))
            .addNode(node("Mul", List.of("state", "looped"), "next"))
            .addOutput(ValueInfoProto.newBuilder().setName("on"))
            .addOutput(ValueInfoProto.newBuilder().setName("next"))
            .build();
    constant("looped", 2, 4, 4);
    Value x = graph.op("Relu", image);
    graph.output("logits", graph.op("Identity", x));
    ModelProto.Builder proto = graph.build("loop.onnx").toProto().toBuilder();
    NodeProto.Builder loop =
        NodeProto.newBuilder()
            .setOpType("Loop")
            .setName("repeat")
            .addAllInput(List.of("", "", x.name()))
            .addOutput("repeated");
    loop.addAttributeBuilder().setName("body").setType(AttributeType.GRAPH).setG(body);
    proto.getGraphBuilder().addNode(1, loop).getNodeBuilder(2).setInput(0, "repeated");
    OnnxModel model = OnnxModel.of(proto.build(), "loop.onnx");
    assertThatThrownBy(() -> TrainableWeights.of(model, "logits"))
        .isInstanceOf(UntrainableModelException.class)
        .hasMessageContaining("'looped' is read inside the Loop node 'repeat'");
  }

  private static NodeProto node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder().setOpType(operator).addAllInput(inputs).addOutput(output).build();
  }

  @Test
  void refusesContentsThatDoNotFit() {
    TrainableWeights weights = TrainableWeights.of(mixed(), "logits");
    assertThatThrownBy(() -> weights.close(Map.of("kernal", new float[6])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no weight or statistic 'kernal'");
    assertThatThrownBy(() -> weights.close(Map.of("kernel", new float[5])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes 6 numbers, not 5");
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] content = new float[6];
      content[4] = bad;
      assertThatThrownBy(() -> weights.close(Map.of("kernel", content)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("number 4 of 'kernel' is " + bad);
    }
    assertThatThrownBy(() -> weights.open(Arrays.asList("mean")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no weight 'mean'");
  }
}
