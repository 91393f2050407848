package io.hone.onnxruntime;

import static io.hone.onnx.support.Protos.attribute;
import static io.hone.onnx.support.Protos.function;
import static io.hone.onnx.support.Protos.graph;
import static io.hone.onnx.support.Protos.model;
import static io.hone.onnx.support.Protos.node;
import static io.hone.onnx.support.Protos.opset;
import static io.hone.onnx.support.Protos.reference;
import static io.hone.onnx.support.Protos.unshaped;
import static io.hone.onnx.support.Protos.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Range;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnxruntime.TinyModels.Ending;
import io.hone.testkit.TestRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network as exporters of today write it: modules are functions, operators of the framework are
 * functions inside of them, weights are in a file beside the model.
 */
class NewerExporterTest {
  private static final String MODULES = "pkg.torch.2.4.0";
  private static final String LIBRARY = "pkg.onnxscript.torch_lib";
  private static final int[] CLASSES = {0, 1, 2, 3, 1};

  private final OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
  private final TestRun run = new TestRun(1);
  private final Tensor images = TinyModels.images(4, CLASSES.length, 2, 6, 6);

  @TempDir Path folder;

  @Test
  void computesWhatThePlainNetworkComputes() throws IOException {
    Path plain = TinyModels.classifier(folder, Dimension.named("batch"), Ending.LOGITS);
    Path exported = exported(plain, network(plain));
    LossGradient expected = gradient(TinyModels.card(plain));
    LossGradient actual = gradient(TinyModels.card(exported));
    assertThat(run.notices()).isEmpty();
    assertClose(actual.logits(), expected.logits(), 0);
    assertClose(actual.gradient(), expected.gradient(), 0);
    assertThat(actual.losses()).containsExactly(expected.losses());
    ModelInspection inspection = ModelInspection.of(exported);
    assertThat(inspection.gradientObstacle()).isEmpty();
    assertThat(inspection.parameters()).isEqualTo(ModelInspection.of(plain).parameters());
    assertThat(inspection.operators())
        .extracting(entry -> entry.operator())
        .contains("Conv", "Tanh", "Gemm")
        .noneMatch(operator -> operator.contains("pkg."));
  }

  @Test
  void takesBytesInHalfPrecisionAndSaysSo() throws IOException {
    Path plain = TinyModels.classifier(folder, Dimension.named("batch"), Ending.LOGITS);
    Path exported = exported(plain, halved(network(plain)));
    LossGradient expected = gradient(TinyModels.card(plain));
    ModelCard card =
        TinyModels.card(
            exported,
            ModelCard.Layout.NCHW,
            new Range(0, 255),
            List.of(),
            List.of(),
            ModelCard.OutputKind.LOGITS);
    LossGradient actual = gradient(card);
    assertThat(run.notices())
        .hasSize(2)
        .allMatch(notice -> notice.startsWith("Model 'tiny': "))
        .anyMatch(notice -> notice.contains("float16"))
        .anyMatch(notice -> notice.contains("UINT8"));
    assertThat(ModelInspection.of(exported).notes()).hasSize(2);
    assertClose(actual.logits(), expected.logits(), 1e-2f);
    assertClose(actual.gradient(), expected.gradient(), 1e-2f);
  }

  @Test
  void expectsGreyValuesWhereABareModelTakesBytes() throws IOException {
    GraphProto.Builder graph =
        graph(
                node("Cast", "x", "f", attribute("to", ElementType.FLOAT.code())),
                node("GlobalAveragePool", "f", "p"),
                node("Flatten", "p", "y"))
            .addInput(value("x", ElementType.UINT8, -1, 3, 6, 6))
            .addOutput(value("y", ElementType.FLOAT, -1, 3));
    Path file = Files.write(folder.resolve("bytes.onnx"), model(18, graph).build().toByteArray());
    ModelCard card = backend.describe(file).orElseThrow();
    assertThat(card.input().range()).isEqualTo(new Range(0, 255));
  }

  @Test
  void namesTheFileOfWeightsThatIsMissing() throws IOException {
    Path plain = TinyModels.classifier(folder, Dimension.named("batch"), Ending.LOGITS);
    Path exported = exported(plain, network(plain));
    Files.delete(folder.resolve("net.onnx.data"));
    assertThatThrownBy(() -> backend.describe(exported))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("net.onnx.data");
  }

  private LossGradient gradient(ModelCard card) {
    try (Classifier classifier = backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
      assertThat(classifier).isInstanceOf(DifferentiableClassifier.class);
      return ((DifferentiableClassifier) classifier)
          .lossGradient(
              new ImageBatch(images, new long[CLASSES.length]), Loss.crossEntropy(false), CLASSES);
    }
  }

  private static void assertClose(Tensor actual, Tensor expected, float tolerance) {
    for (int row = 0; row < expected.rows(); row++) {
      assertThat(actual.row(row))
          .usingComparatorWithPrecision(tolerance)
          .containsExactly(expected.row(row));
    }
  }

  private ModelProto.Builder network(Path plain) {
    OnnxModel model = OnnxModel.read(plain);
    List<ConstantTensor> weights = List.copyOf(model.constants().values());
    String[] names = {"conv.weight", "conv.bias", "head::1.weight", "/head/1/bias é"};
    GraphProto.Builder graph =
        graph(
                node(
                    MODULES + "::torch_nn_modules_conv_Conv2d_conv_1",
                    "l_x_:0, conv.weight, conv.bias",
                    "conv/out"),
                node(LIBRARY + "::aten_tanh", "conv/out", "tanh out"),
                node(
                    MODULES + "::Head_head_1",
                    "tanh out, head::1.weight, /head/1/bias é",
                    "logits:0"))
            .addInput(value("l_x_:0", ElementType.FLOAT, -1, 2, 6, 6))
            .addOutput(value("logits:0", ElementType.FLOAT, -1, TinyModels.CLASSES));
    for (int i = 0; i < names.length; i++) {
      graph.addInitializer(weights.get(i).toProto(names[i]));
    }
    ModelProto.Builder exported = model(18, graph).setIrVersion(9).setProducerName("pytorch");
    exported.addOpsetImport(opset(MODULES, 1)).addOpsetImport(opset(LIBRARY, 1));
    functions().forEach(exported::addFunctions);
    return exported;
  }

  private static List<FunctionProto> functions() {
    List<FunctionProto.Builder> functions = new ArrayList<>();
    functions.add(
        function(
            MODULES + "::torch_nn_modules_conv_Conv2d_conv_1",
            "x, w, b",
            "y",
            node(
                LIBRARY + "::aten_conv2d",
                "x, w, b",
                "y",
                attribute("pads", new long[] {0, 0, 0, 0}),
                attribute("groups", 1))));
    functions.add(
        function(
                LIBRARY + "::aten_conv2d",
                "input, weight, bias",
                "result",
                node(
                    "Conv",
                    "input, weight, bias",
                    "result",
                    reference("pads", "pads"),
                    reference("strides", "strides"),
                    reference("dilations", "dilations"),
                    reference("group", "groups")))
            .addAttribute("pads")
            .addAttribute("dilations")
            .addAttributeProto(attribute("strides", new long[] {1, 1}))
            .addAttributeProto(attribute("groups", 7)));
    functions.add(
        function(
            LIBRARY + "::aten_tanh", "self", "return_val", node("Tanh", "self", "return_val")));
    functions.add(
        function(
            MODULES + "::Head_head_1",
            "x, w, b",
            "y",
            node("Shape", "x", "batch", attribute("start", 0), attribute("end", 1)),
            node("Constant", "", "rest", attribute("value_ints", new long[] {-1})),
            node("Concat", "batch, rest", "shape", attribute("axis", 0)),
            node("Reshape", "x, shape", "rows", attribute("allowzero", 1)),
            node("Gemm", "rows, w, b", "y")));
    return functions.stream()
        .map(
            f ->
                f.addOpsetImport(opset("", 18))
                    .addOpsetImport(opset(MODULES, 1))
                    .addOpsetImport(opset(LIBRARY, 1))
                    .build())
        .toList();
  }

  /** The same in half precision, fed with bytes. */
  private static ModelProto.Builder halved(ModelProto.Builder network) {
    GraphProto.Builder graph = network.getGraph().toBuilder();
    List<NodeProto> nodes = new ArrayList<>(graph.getNodeList());
    nodes.set(0, nodes.get(0).toBuilder().setInput(0, "scaled").build());
    graph
        .clearNode()
        .addNode(node("Cast", "l_x_:0", "wide", attribute("to", ElementType.FLOAT16.code())))
        .addNode(node("Div", "wide, 255", "scaled"))
        .addAllNode(nodes)
        .clearInput()
        .addInput(value("l_x_:0", ElementType.UINT8, -1, 2, 6, 6))
        .clearOutput()
        .addOutput(unshaped("logits:0", ElementType.FLOAT16));
    List<TensorProto> weights = List.copyOf(graph.getInitializerList());
    graph.clearInitializer();
    weights.forEach(tensor -> graph.addInitializer(half(tensor)));
    graph.addInitializer(half(ConstantTensor.scalar(255).toProto("255")));
    return network.setGraph(graph);
  }

  private static TensorProto half(TensorProto tensor) {
    TensorProto.Builder half =
        TensorProto.newBuilder()
            .setName(tensor.getName())
            .setDataType(ElementType.FLOAT16.code())
            .addAllDims(tensor.getDimsList());
    for (float number : ConstantTensor.of(tensor).toFloats()) {
      int bits = Float.floatToIntBits(number);
      int exponent = Math.max(0, (bits >> 23 & 0xff) - 112);
      half.addInt32Data(
          bits >> 16 & 0x8000 | (exponent == 0 ? 0 : exponent << 10 | bits >> 13 & 0x3ff));
    }
    return half.build();
  }

  /** Writes the weights beside the model, each at a multiple of 4096 as exporters do. */
  private static Path exported(Path plain, ModelProto.Builder network) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    GraphProto.Builder graph = network.getGraphBuilder();
    for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
      byte[] content = ConstantTensor.of(tensor.build()).toRaw();
      data.write(new byte[-data.size() & 4095]);
      tensor
          .clearRawData()
          .clearInt32Data()
          .setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .addExternalData(entry("location", "net.onnx.data"))
          .addExternalData(entry("offset", Integer.toString(data.size())))
          .addExternalData(entry("length", Integer.toString(content.length)));
      data.write(content);
    }
    Files.write(plain.resolveSibling("net.onnx.data"), data.toByteArray());
    return Files.write(plain.resolveSibling("net.onnx"), network.build().toByteArray());
  }

  private static StringStringEntryProto entry(String key, String content) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(content).build();
  }
}
