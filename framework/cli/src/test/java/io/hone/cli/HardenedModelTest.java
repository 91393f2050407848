package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The committed model that {@code scenarios/train/harden.yaml} made. */
class HardenedModelTest {
  private static byte[] file(String model) throws IOException {
    Path models = Path.of(System.getProperty("hone.checkout"), "models");
    return Files.readAllBytes(models.resolve(model).resolve("model.onnx"));
  }

  private static ModelProto withoutNumbers(byte[] file) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(file).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.getInitializerBuilderList().forEach(tensor -> tensor.clearRawData().clearFloatData());
    return model.build();
  }

  @Test
  void differsFromItsOriginalInItsNumbersAlone() throws IOException {
    byte[] original = file("mnist-lenet5");
    byte[] hardened = file("mnist-lenet5-hardened");
    assertThat(hardened).isNotEqualTo(original);
    assertThat(withoutNumbers(hardened)).isEqualTo(withoutNumbers(original));
  }

  @Test
  void opensInAPlainSession() throws IOException, OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file("mnist-lenet5-hardened"));
        OnnxTensor image =
            OnnxTensor.createTensor(
                environment, FloatBuffer.allocate(28 * 28), new long[] {1, 1, 28, 28});
        OrtSession.Result result = session.run(Map.of("image", image))) {
      assertThat(((float[][]) result.get(0).getValue())[0]).hasSize(10);
    }
  }
}
