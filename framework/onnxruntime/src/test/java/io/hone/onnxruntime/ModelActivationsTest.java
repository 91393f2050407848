package io.hone.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.activation.ActivationReader;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelActivationsTest {
  private static final ImageShape SHAPE = new ImageShape(2, 6, 6);
  private static final int IMAGES = 5;

  @TempDir Path folder;

  private final ImageBatch images =
      new ImageBatch(TinyModels.images(1, IMAGES, 2, 6, 6), new long[IMAGES]);

  private static Classifier open(Path file) {
    return new OnnxRuntimeBackend()
        .openClassifier(OnnxRuntimeBackend.Params.CPU, TinyModels.card(file), new TestRun(1));
  }

  private static Map<String, NeuronLayer> byOperator(List<NeuronLayer> layers) {
    return layers.stream().collect(Collectors.toMap(NeuronLayer::operator, layer -> layer));
  }

  @Test
  void haveTheNamesOfTheFileAndTheValuesOfItsNodes() {
    Path file = TinyModels.classifier(folder, Dimension.named("batch"), TinyModels.Ending.LOGITS);
    List<String> names =
        OnnxModel.read(file).nodes().stream().flatMap(node -> node.writes().stream()).toList();
    try (Classifier classifier = open(file)) {
      List<NeuronLayer> layers = classifier.layers(SHAPE);
      assertThat(layers).extracting(NeuronLayer::name).containsSubsequence(names);
      Map<String, NeuronLayer> operators = byOperator(layers);
      NeuronLayer tanh = operators.get("Tanh");
      assertThat(List.of(tanh.channels(), tanh.positions())).containsExactly(3, 16);
      assertThat(tanh.unit(2, 5)).isEqualTo(37);
      assertThat(layers).filteredOn(NeuronLayer::activation).containsExactly(tanh);
      try (ActivationReader reader =
          classifier.openActivations(List.of(operators.get("Gemm"), tanh, operators.get("Conv")))) {
        List<Tensor> values = reader.read(images);
        Tensor logits = classifier.logits(images);
        for (int row = 0; row < IMAGES; row++) {
          assertThat(values.get(0).row(row)).containsExactly(logits.row(row));
          for (int unit = 0; unit < tanh.units(); unit++) {
            assertThat((double) values.get(1).get(row, unit))
                .isCloseTo(Math.tanh(values.get(2).get(row, unit)), within(1e-6));
          }
        }
      }
    }
  }

  @Test
  void ofAFrozenBatchAreThoseOfAFreeBatch() {
    List<Tensor> values =
        Stream.of(Dimension.named("batch"), Dimension.of(1))
            .map(batch -> TinyModels.classifier(folder, batch, TinyModels.Ending.LOGITS))
            .map(this::tanh)
            .toList();
    for (int row = 0; row < IMAGES; row++) {
      assertThat(values.get(1).row(row)).containsExactly(values.get(0).row(row));
    }
  }

  private Tensor tanh(Path file) {
    try (Classifier classifier = open(file)) {
      List<NeuronLayer> layers = classifier.layers(SHAPE);
      try (ActivationReader reader =
          classifier.openActivations(List.of(byOperator(layers).get("Tanh")))) {
        return reader.read(images).get(0);
      }
    }
  }

  /** Six tokens of twelve numbers each; the sizes of the batch and of the tokens change places. */
  private Path tokens() throws IOException {
    GraphEditor graph = GraphEditor.create(18);
    Shape shape = Shape.of(Dimension.named("N"), Dimension.of(2), Dimension.of(6), Dimension.of(6));
    Value image = graph.input("image", ElementType.FLOAT, shape);
    Value list = graph.op("Reshape", image, graph.list(0, 6, 12));
    Value gate = graph.op("Sigmoid", list);
    Value activation = graph.op("Mul", list, gate);
    Value exchanged =
        graph.node("Transpose", activation).with("perm", new long[] {1, 0, 2}).output();
    Value back = graph.node("Transpose", exchanged).with("perm", new long[] {1, 0, 2}).output();
    Value flat = graph.op("Flatten", back);
    float[] weights = new float[72 * 4];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.sin(i);
    }
    graph.output(
        "logits", graph.op("MatMul", flat, graph.constant(ConstantTensor.floats(weights, 72, 4))));
    return Files.write(folder.resolve("tokens.onnx"), graph.build("tokens").toBytes());
  }

  @Test
  void ofTokensHaveTheirChannelsLastAndNoValueWithoutARowForEachImage() throws IOException {
    try (Classifier classifier = open(tokens())) {
      List<NeuronLayer> layers = classifier.layers(SHAPE);
      List<NeuronLayer> found = layers.stream().filter(NeuronLayer::activation).toList();
      assertThat(found).hasSize(1);
      NeuronLayer silu = found.get(0);
      assertThat(silu.operator()).isEqualTo("Mul");
      assertThat(List.of(silu.channels(), silu.positions())).containsExactly(12, 6);
      assertThat(silu.order()).isEqualTo(NeuronLayer.Order.CHANNELS_LAST);
      assertThat(silu.unit(1, 2)).isEqualTo(25);
      // The first of two Transposes has the tokens in front.
      assertThat(layers).filteredOn(layer -> layer.operator().equals("Transpose")).hasSize(1);
    }
  }
}
