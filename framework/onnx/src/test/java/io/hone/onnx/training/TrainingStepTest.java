package io.hone.onnx.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.Node;
import io.hone.onnx.support.Array;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three steps of training against PyTorch in double precision, whose figures {@code
 * src/test/peers/record_training_steps.py} recorded: weights and running statistics.
 */
class TrainingStepTest {
  private static final float RATE = 0.01f;
  private static final float MOMENTUM = 0.9f;
  private static final int STEPS = 3;
  private static final double TOLERANCE = 1e-4;

  static Stream<TrainedNetwork> networks() {
    return Stream.of(
        TrainedNetwork.lenet(64), TrainedNetwork.autoencoder(4), TrainedNetwork.vgg(8));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void weightsAgreeWithThoseOfPyTorch(TrainedNetwork network) throws IOException {
    Map<String, float[]> tensors;
    try (PlainTraining training = new PlainTraining(network, List.of())) {
      for (int step = 0; step < STEPS; step++) {
        training.step(RATE, MOMENTUM);
      }
      tensors = training.tensors();
    }
    List<String> lines = recorded(network.name());
    assertThat(lines).hasSize(tensors.size());
    for (String line : lines) {
      String[] words = line.split(" ");
      float[] content = tensors.get(words[0]);
      double square = 0;
      for (float number : content) {
        square += (double) number * number;
      }
      double norm = Double.parseDouble(words[1]);
      assertThat(Math.sqrt(square))
          .as("norm of %s", words[0])
          .isCloseTo(norm, Offset.offset(TOLERANCE * norm));
      for (int i = 2; i < words.length; i += 2) {
        int place = Integer.parseInt(words[i]);
        assertThat((double) content[place])
            .as("%s at %s", words[0], place)
            .isCloseTo(Double.parseDouble(words[i + 1]), Offset.offset(TOLERANCE));
      }
    }
  }

  /**
   * Writes what each Relu and each pool saw in larger batches, for {@code
   * src/test/peers/explain_decisions.py}: there a few of them decide by rounding.
   */
  @ParameterizedTest
  @ValueSource(strings = {"autoencoder", "vgg"})
  @EnabledIfSystemProperty(named = "hone.training.dump", matches = ".+")
  void writesDecisionsForPyTorch(String name) throws IOException {
    TrainedNetwork network =
        name.equals("vgg") ? TrainedNetwork.vgg(64) : TrainedNetwork.autoencoder(64);
    Path folder = Files.createDirectories(Path.of(System.getProperty("hone.training.dump"), name));
    List<Node> nodes =
        network.model().nodes().stream()
            .filter(node -> node.is("Relu") || node.is("MaxPool"))
            .toList();
    List<String> seen = nodes.stream().map(node -> node.input(0).name()).toList();
    try (PlainTraining training = new PlainTraining(network, seen)) {
      for (int step = 0; step < STEPS; step++) {
        Map<String, Array> result = training.step(RATE, MOMENTUM);
        for (int i = 0; i < seen.size(); i++) {
          write(folder.resolve(step + "_" + i), result.get(seen.get(i)).content());
        }
        for (Map.Entry<String, float[]> tensor : training.tensors().entrySet()) {
          write(folder.resolve(step + "_" + tensor.getKey()), tensor.getValue());
        }
      }
    }
  }

  private static void write(Path file, float[] content) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(content.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(content);
    Files.write(file, bytes.array());
  }

  private static List<String> recorded(String name) throws IOException {
    String file = "/training/" + name + ".txt";
    try (InputStream stream = TrainingStepTest.class.getResourceAsStream(file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("losses"))
          .toList();
    }
  }
}
