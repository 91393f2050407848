package io.hone.learning.export;

import io.hone.learning.network.Weights;
import io.hone.network.Activated;
import io.hone.network.Gain;
import io.hone.network.GlobalPooling;
import io.hone.network.Layer;
import io.hone.network.LayerEmitter;
import io.hone.network.LeakyRelu;
import io.hone.network.PRelu;
import io.hone.network.PixelShuffle;
import io.hone.network.Stage;
import java.util.List;
import java.util.Optional;

/**
 * Adds layers to an ONNX graph so that it can be trained: each weight is an initializer of its own
 * name, and nothing is folded.
 */
final class TrainableEmitter implements LayerEmitter<String> {
  /** What a running statistic keeps in a step. */
  private static final float MOMENTUM = 0.95f;

  private final OnnxNodes nodes;
  private final OnnxOperators operators;
  private final WeightLayout layout;
  private final Weights weights;

  TrainableEmitter(OnnxNodes nodes, OnnxOperators operators, WeightLayout layout, Weights weights) {
    this.nodes = nodes;
    this.operators = operators;
    this.layout = layout;
    this.weights = weights;
  }

  @Override
  public String convolution(Stage stage, Layer.Convolution layer, String input) {
    float[] kernel = numbers(stage, "kernel");
    Optional<float[]> bias = layer.bias() ? Optional.of(numbers(stage, "bias")) : Optional.empty();
    String sum = operators.convolution(stage, layer, input, kernel, bias);
    return operators.activation(layer.activation(), sum);
  }

  @Override
  public String dense(Stage stage, Layer.Dense layer, String input) {
    float[] matrix = numbers(stage, "matrix");
    String sum = operators.dense(stage, layer, input, matrix, numbers(stage, "bias"));
    return operators.activation(layer.activation(), sum);
  }

  @Override
  public String batchNormalization(Stage stage, Layer.BatchNormalization layer, String input) {
    return nodes.node(
        "BatchNormalization",
        stage.name(),
        List.of(
            input,
            weight(stage, "gamma"),
            weight(stage, "beta"),
            weight(stage, "mean"),
            weight(stage, "variance")),
        OnnxNodes.number("epsilon", layer.epsilon()),
        OnnxNodes.number("momentum", MOMENTUM));
  }

  @Override
  public String maxPooling(Stage stage, Layer.MaxPooling layer, String input) {
    return operators.pooling("MaxPool", stage, layer.size(), input);
  }

  @Override
  public String averagePooling(Stage stage, Layer.AveragePooling layer, String input) {
    return operators.pooling("AveragePool", stage, layer.size(), input);
  }

  @Override
  public String upSampling(Stage stage, Layer.UpSampling layer, String input) {
    return operators.upSampling(stage, layer, input);
  }

  @Override
  public String dropout(Stage stage, Layer.Dropout layer, String input) {
    float[] ratio = {(float) layer.probability()};
    return nodes.node(
        "Dropout", stage.name(), List.of(input, nodes.floats(stage.weight("ratio"), ratio)));
  }

  @Override
  public String flatten(Stage stage, String input) {
    return operators.flatten(stage, input);
  }

  @Override
  public String globalPooling(Stage stage, GlobalPooling layer, String input) {
    return operators.globalPooling(stage, layer, input);
  }

  @Override
  public String pixelShuffle(Stage stage, PixelShuffle layer, String input) {
    return operators.pixelShuffle(stage, layer, input);
  }

  @Override
  public String activated(Stage stage, Activated layer, String input) {
    return operators.activated(stage, layer, input);
  }

  @Override
  public String leakyRelu(Stage stage, LeakyRelu layer, String input) {
    return operators.leakyRelu(stage, layer, input);
  }

  @Override
  public String prelu(Stage stage, PRelu layer, String input) {
    long[] shape = layout.shape(stage.weight("slope"));
    return operators.prelu(stage, input, numbers(stage, "slope"), shape);
  }

  @Override
  public String gain(Stage stage, Gain layer, String input) {
    return operators.gain(stage, input, numbers(stage, "factor"));
  }

  @Override
  public String add(Stage stage, String first, String second) {
    return operators.pair("Add", stage, first, second);
  }

  @Override
  public String multiply(Stage stage, String first, String second) {
    return operators.pair("Mul", stage, first, second);
  }

  @Override
  public String concatenate(Stage stage, List<String> inputs) {
    return operators.concatenate(stage, inputs);
  }

  @Override
  public String attention(Stage stage, String queries, String keys, String values) {
    return operators.attention(stage, queries, keys, values);
  }

  private String weight(Stage stage, String part) {
    String name = stage.weight(part);
    return nodes.floats(name, numbers(stage, part), layout.shape(name));
  }

  private float[] numbers(Stage stage, String part) {
    String name = stage.weight(part);
    return layout.toOnnx(name, weights.get(name));
  }
}
