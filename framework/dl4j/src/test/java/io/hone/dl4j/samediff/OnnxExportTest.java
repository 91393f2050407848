package io.hone.dl4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.learning.export.OnnxExport;
import io.hone.learning.network.Weights;
import io.hone.network.Network;
import io.hone.testkit.TestArchitectures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxExportTest {
  private static final double TOLERANCE = 1e-4;

  @BeforeAll
  static void load() {
    Nd4jStart.load();
  }

  static Stream<Arguments> networks() {
    ImageShape digit = new ImageShape(1, 28, 28);
    ImageShape colour = new ImageShape(3, 16, 12);
    ImageShape photograph = new ImageShape(3, 32, 32);
    return Stream.of(
        Arguments.of("LeNet-5", TestArchitectures.classifier("lenet5").network(digit, 10), 0.5),
        Arguments.of("Table 2", TestArchitectures.imageToImage("stacked-conv").network(digit), 0.5),
        Arguments.of(
            "AlexNet", TestArchitectures.classifier("alexnet").network(photograph, 10), 0.5),
        Arguments.of("denoiser", TestArchitectures.imageToImage("denoiser").network(colour), 0.5),
        Arguments.of("activations behind", EveryLayer.normalised(colour, 4), -0.75),
        Arguments.of("every layer", EveryLayer.autoencoder(colour), 0.5),
        Arguments.of("negative scales", EveryLayer.autoencoder(colour), -0.75),
        Arguments.of("small scales", EveryLayer.autoencoder(colour), 0.001),
        Arguments.of("flattened", EveryLayer.classifier(colour, 4), 0.5),
        Arguments.of("flattened, negative scales", EveryLayer.classifier(colour, 4), -0.75));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void exportedModelReturnsWhatTheNetworkReturns(String name, Network network, double gammaFrom)
      throws OrtException {
    Weights weights = EveryLayer.weights(network, 17, gammaFrom);
    Tensor images = EveryLayer.images(5, network.input(), 18);
    Tensor expected = new Inference(new InferenceGraph(network, weights), network).run(images);
    OnnxMl.ModelProto model = OnnxExport.model("test", network, weights, "out");
    float[] actual = run(model, images);
    assertThat(actual).hasSize(expected.rows() * expected.rowSize());
    for (int i = 0; i < actual.length; i++) {
      float wanted = expected.get(i / expected.rowSize(), i % expected.rowSize());
      assertThat(Math.abs(actual[i] - wanted)).isLessThan((float) TOLERANCE);
    }
    assertThat(spread(actual)).as("outputs that differ from one another").isGreaterThan(0.01);
  }

  private static double spread(float[] values) {
    float least = Float.MAX_VALUE;
    float largest = -Float.MAX_VALUE;
    for (float value : values) {
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
    return largest - least;
  }

  @Test
  void normalisationIsFoldedIntoTheConvolutionBehind() {
    ImageShape shape = new ImageShape(1, 28, 28);
    Network network = TestArchitectures.imageToImage("stacked-conv").network(shape);
    OnnxMl.ModelProto model =
        OnnxExport.model("test", network, EveryLayer.weights(network, 19, 0.5), "out");
    List<String> operators =
        model.getGraph().getNodeList().stream().map(OnnxMl.NodeProto::getOpType).toList();
    assertThat(operators).doesNotContain("BatchNormalization", "Mul");
    // What zeros beyond the border forbid to fold: one Add for each of the four normalisations.
    assertThat(operators.stream().filter("Add"::equals)).hasSize(4);
    assertThat(operators.indexOf("Add")).isGreaterThan(operators.indexOf("MaxPool"));
  }

  @Test
  void inputAndOutputAreNamedAndTakeAnyBatch() throws OrtException {
    ImageShape shape = new ImageShape(1, 28, 28);
    Network network = TestArchitectures.classifier("lenet5").network(shape, 10);
    OnnxMl.ModelProto model =
        OnnxExport.model("test", network, EveryLayer.weights(network, 20, 0.5), "logits");
    OnnxMl.GraphProto graph = model.getGraph();
    assertThat(dimensions(graph.getInput(0))).containsExactly("N", "1", "28", "28");
    assertThat(dimensions(graph.getOutput(0))).containsExactly("N", "10");
    assertThat(graph.getInput(0).getName()).isEqualTo("image");
    assertThat(graph.getOutput(0).getName()).isEqualTo("logits");
    assertThat(model.getOpsetImport(0).getVersion()).isLessThanOrEqualTo(18);
    assertThat(run(model, EveryLayer.images(1, shape, 1))).hasSize(10);
    assertThat(run(model, EveryLayer.images(33, shape, 1))).hasSize(330);
  }

  private static List<String> dimensions(OnnxMl.ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList().stream()
        .map(size -> size.hasDimParam() ? size.getDimParam() : Long.toString(size.getDimValue()))
        .toList();
  }

  private static float[] run(OnnxMl.ModelProto model, Tensor images) throws OrtException {
    long[] shape = Arrays.stream(images.shape()).asLongStream().toArray();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toByteArray());
        OnnxTensor input = OnnxTensor.createTensor(environment, images.buffer(), shape);
        OrtSession.Result result = session.run(Map.of("image", input))) {
      float[] values = new float[((OnnxTensor) result.get(0)).getFloatBuffer().remaining()];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(values);
      return values;
    }
  }
}
