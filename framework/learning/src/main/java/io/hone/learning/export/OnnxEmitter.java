package io.hone.learning.export;

import io.hone.learning.export.OnnxValue.Affine;
import io.hone.learning.network.Weights;
import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.Gain;
import io.hone.network.GlobalPooling;
import io.hone.network.Layer;
import io.hone.network.LayerEmitter;
import io.hone.network.LeakyRelu;
import io.hone.network.Network;
import io.hone.network.PRelu;
import io.hone.network.Padding;
import io.hone.network.PixelShuffle;
import io.hone.network.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Adds layers to an ONNX graph, on images with their channels first.
 *
 * <p>Batch normalization becomes {@code scale * (x + offset)} and waits for the next convolution,
 * whose kernel takes up the scale. Its bias takes up the offset only where nothing is padded: zeros
 * beyond the border would have to be moved too. Elsewhere one Add stays, behind the pooling where
 * there is one, since taking the largest value and a positive scale change places freely.
 */
final class OnnxEmitter implements LayerEmitter<OnnxValue> {
  /** A smaller scale would make the offset, which is divided by it, too large to be exact. */
  private static final float SMALLEST_SCALE = 1e-2f;

  private final OnnxNodes nodes;
  private final OnnxOperators operators;
  private final WeightLayout layout;
  private final Weights weights;
  private final Map<String, Stage> absorbed;

  OnnxEmitter(OnnxNodes nodes, Network network, Weights weights) {
    this.nodes = nodes;
    this.operators = new OnnxOperators(nodes, false);
    this.layout = new WeightLayout(network);
    this.weights = weights;
    this.absorbed = absorbed(network);
  }

  /**
   * Returns the normalisations that are all that reads a convolution, by the convolution's name.
   */
  private static Map<String, Stage> absorbed(Network network) {
    Map<String, List<Stage>> readers = new HashMap<>();
    for (Stage stage : network.stages()) {
      for (String source : stage.sources()) {
        readers.computeIfAbsent(source, name -> new ArrayList<>()).add(stage);
      }
    }
    Map<String, Stage> absorbed = new HashMap<>();
    for (Stage stage : network.stages()) {
      List<Stage> reading = readers.getOrDefault(stage.name(), List.of());
      boolean bare =
          stage.layer() instanceof Layer.Convolution convolution
              && convolution.activation() == Activation.NONE;
      if (bare
          && reading.size() == 1
          && reading.get(0).layer() instanceof Layer.BatchNormalization) {
        absorbed.put(stage.name(), reading.get(0));
      }
    }
    return absorbed;
  }

  @Override
  public OnnxValue convolution(Stage stage, Layer.Convolution layer, OnnxValue input) {
    int channels = stage.in().channels();
    float[] kernel = numbers(stage, "kernel");
    float[] bias = layer.bias() ? numbers(stage, "bias") : new float[layer.filters()];
    absorb(stage, kernel, bias);
    boolean padded = layer.padding() == Padding.SAME && layer.kernel() > 1;
    OnnxValue source = padded ? moved(stage.name(), input) : input;
    if (source.pending().isPresent()) {
      fold(source.pending().get(), kernel, bias, channels);
    }
    return activate(
        layer.activation(),
        operators.convolution(stage, layer, source.name(), kernel, Optional.of(bias)));
  }

  /** Puts the normalisation behind a convolution into its kernel and its bias. */
  private void absorb(Stage stage, float[] kernel, float[] bias) {
    Stage norm = absorbed.get(stage.name());
    if (norm == null) {
      return;
    }
    float[] gamma = numbers(norm, "gamma");
    float[] beta = numbers(norm, "beta");
    float[] mean = numbers(norm, "mean");
    float[] variance = numbers(norm, "variance");
    double epsilon = ((Layer.BatchNormalization) norm.layer()).epsilon();
    int size = kernel.length / bias.length;
    for (int out = 0; out < bias.length; out++) {
      double factor = gamma[out] / Math.sqrt(variance[out] + epsilon);
      for (int i = out * size; i < (out + 1) * size; i++) {
        kernel[i] = (float) (kernel[i] * factor);
      }
      bias[out] = (float) ((bias[out] - mean[out]) * factor + beta[out]);
    }
  }

  /** Puts {@code scale * (x + offset)} of the input channels into a kernel and its bias. */
  private static void fold(Affine affine, float[] kernel, float[] bias, int channels) {
    int window = kernel.length / (bias.length * channels);
    for (int out = 0; out < bias.length; out++) {
      double moved = bias[out];
      for (int in = 0; in < channels; in++) {
        for (int at = 0; at < window; at++) {
          int index = (out * channels + in) * window + at;
          kernel[index] *= affine.scale()[in];
          moved += (double) kernel[index] * affine.offset()[in];
        }
      }
      bias[out] = (float) moved;
    }
  }

  @Override
  public OnnxValue dense(Stage stage, Layer.Dense layer, OnnxValue input) {
    float[] matrix = numbers(stage, "matrix");
    return activate(
        layer.activation(),
        operators.dense(
            stage, layer, settled(stage, input).name(), matrix, numbers(stage, "bias")));
  }

  @Override
  public OnnxValue batchNormalization(
      Stage stage, Layer.BatchNormalization layer, OnnxValue input) {
    if (absorbed.containsValue(stage)) {
      return input;
    }
    OnnxValue source = settled(stage.name() + ".before", input);
    float[] gamma = numbers(stage, "gamma");
    float[] beta = numbers(stage, "beta");
    float[] mean = numbers(stage, "mean");
    float[] variance = numbers(stage, "variance");
    float[] scale = new float[gamma.length];
    float[] shift = new float[gamma.length];
    float[] offset = new float[gamma.length];
    boolean foldable = true;
    for (int channel = 0; channel < gamma.length; channel++) {
      double factor = gamma[channel] / Math.sqrt(variance[channel] + (double) layer.epsilon());
      scale[channel] = (float) factor;
      shift[channel] = (float) (beta[channel] - mean[channel] * factor);
      offset[channel] = (float) (beta[channel] / factor - mean[channel]);
      foldable &= factor >= SMALLEST_SCALE;
    }
    if (foldable && !stage.output().flat()) {
      return new OnnxValue(source.name(), Optional.of(new Affine(scale, offset)));
    }
    long[] axes = stage.output().flat() ? new long[0] : new long[] {1, 1};
    String scaled = perChannel("Mul", stage.name() + ".scaled", source.name(), scale, axes);
    return new OnnxValue(perChannel("Add", stage.name(), scaled, shift, axes));
  }

  @Override
  public OnnxValue maxPooling(Stage stage, Layer.MaxPooling layer, OnnxValue input) {
    return pool("MaxPool", stage, layer.size(), input);
  }

  @Override
  public OnnxValue averagePooling(Stage stage, Layer.AveragePooling layer, OnnxValue input) {
    return pool("AveragePool", stage, layer.size(), input);
  }

  private OnnxValue pool(String operator, Stage stage, int size, OnnxValue input) {
    String pooled = operators.pooling(operator, stage, size, input.name());
    return new OnnxValue(pooled, input.pending());
  }

  @Override
  public OnnxValue upSampling(Stage stage, Layer.UpSampling layer, OnnxValue input) {
    // Moved before it is repeated: a quarter of the additions.
    OnnxValue source = moved(stage.name(), input);
    String repeated = operators.upSampling(stage, layer, source.name());
    return new OnnxValue(repeated, source.pending());
  }

  @Override
  public OnnxValue dropout(Stage stage, Layer.Dropout layer, OnnxValue input) {
    return input;
  }

  @Override
  public OnnxValue flatten(Stage stage, OnnxValue input) {
    return new OnnxValue(operators.flatten(stage, settled(stage, input).name()));
  }

  @Override
  public OnnxValue globalPooling(Stage stage, GlobalPooling layer, OnnxValue input) {
    return new OnnxValue(operators.globalPooling(stage, layer, settled(stage, input).name()));
  }

  @Override
  public OnnxValue pixelShuffle(Stage stage, PixelShuffle layer, OnnxValue input) {
    return new OnnxValue(operators.pixelShuffle(stage, layer, settled(stage, input).name()));
  }

  @Override
  public OnnxValue activated(Stage stage, Activated layer, OnnxValue input) {
    return new OnnxValue(operators.activated(stage, layer, settled(stage, input).name()));
  }

  @Override
  public OnnxValue leakyRelu(Stage stage, LeakyRelu layer, OnnxValue input) {
    return new OnnxValue(operators.leakyRelu(stage, layer, settled(stage, input).name()));
  }

  @Override
  public OnnxValue prelu(Stage stage, PRelu layer, OnnxValue input) {
    long[] shape = layout.shape(stage.weight("slope"));
    String source = settled(stage, input).name();
    return new OnnxValue(operators.prelu(stage, source, numbers(stage, "slope"), shape));
  }

  @Override
  public OnnxValue gain(Stage stage, Gain layer, OnnxValue input) {
    float[] factor = numbers(stage, "factor");
    return new OnnxValue(operators.gain(stage, settled(stage, input).name(), factor));
  }

  @Override
  public OnnxValue add(Stage stage, OnnxValue first, OnnxValue second) {
    List<String> names = settled(stage, List.of(first, second));
    return new OnnxValue(operators.pair("Add", stage, names.get(0), names.get(1)));
  }

  @Override
  public OnnxValue multiply(Stage stage, OnnxValue first, OnnxValue second) {
    List<String> names = settled(stage, List.of(first, second));
    return new OnnxValue(operators.pair("Mul", stage, names.get(0), names.get(1)));
  }

  @Override
  public OnnxValue concatenate(Stage stage, List<OnnxValue> inputs) {
    return new OnnxValue(operators.concatenate(stage, settled(stage, inputs)));
  }

  @Override
  public OnnxValue attention(Stage stage, OnnxValue queries, OnnxValue keys, OnnxValue values) {
    List<String> names = settled(stage, List.of(queries, keys, values));
    return new OnnxValue(operators.attention(stage, names.get(0), names.get(1), names.get(2)));
  }

  /** Returns the names of values with nothing to be done any more. */
  private List<String> settled(Stage stage, List<OnnxValue> inputs) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      names.add(settled(stage.name() + "." + i, inputs.get(i)).name());
    }
    return names;
  }

  /** Returns a value with nothing to be done any more. */
  OnnxValue settled(Stage stage, OnnxValue input) {
    return settled(stage.name(), input);
  }

  private OnnxValue settled(String reader, OnnxValue input) {
    if (input.pending().isEmpty()) {
      return input;
    }
    OnnxValue source = moved(reader, input);
    float[] scale = source.pending().orElseThrow().scale();
    return new OnnxValue(perChannel("Mul", reader + ".scaled", source.name(), scale, 1, 1));
  }

  /** Returns a value that may still have to be scaled, but not moved. */
  private OnnxValue moved(String reader, OnnxValue input) {
    if (input.pending().isEmpty()) {
      return input;
    }
    Affine affine = input.pending().get();
    float[] nothing = new float[affine.offset().length];
    if (Arrays.equals(affine.offset(), nothing)) {
      return input;
    }
    String name = perChannel("Add", reader + ".moved", input.name(), affine.offset(), 1, 1);
    return new OnnxValue(name, Optional.of(new Affine(affine.scale(), nothing)));
  }

  private String perChannel(
      String operator, String output, String input, float[] values, long... axesBehind) {
    long[] shape =
        LongStream.concat(LongStream.of(values.length), LongStream.of(axesBehind)).toArray();
    String constant = nodes.floats(output + ".by", values, shape);
    return nodes.node(operator, output, List.of(input, constant));
  }

  private OnnxValue activate(Activation activation, String sum) {
    return new OnnxValue(operators.activation(activation, sum));
  }

  private float[] numbers(Stage stage, String part) {
    String name = stage.weight(part);
    return layout.toOnnx(name, weights.get(name));
  }
}
