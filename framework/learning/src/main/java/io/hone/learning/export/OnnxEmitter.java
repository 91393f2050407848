package io.hone.learning.export;

import io.hone.learning.export.OnnxValue.Affine;
import io.hone.learning.network.Activation;
import io.hone.learning.network.Layer;
import io.hone.learning.network.LayerEmitter;
import io.hone.learning.network.Padding;
import io.hone.learning.network.Stage;
import io.hone.learning.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

  OnnxEmitter(OnnxNodes nodes, WeightLayout layout, Weights weights) {
    this.nodes = nodes;
    this.operators = new OnnxOperators(nodes);
    this.layout = layout;
    this.weights = weights;
  }

  @Override
  public OnnxValue convolution(Stage stage, Layer.Convolution layer, OnnxValue input) {
    int channels = stage.in().channels();
    float[] kernel = numbers(stage, "kernel");
    float[] bias = numbers(stage, "bias");
    boolean padded = layer.padding() == Padding.SAME && layer.kernel() > 1;
    OnnxValue source = padded ? moved(stage, input) : input;
    if (source.pending().isPresent()) {
      fold(source.pending().get(), kernel, bias, channels);
    }
    return activate(
        layer.activation(), operators.convolution(stage, layer, source.name(), kernel, bias));
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
        operators.dense(stage, layer, input.name(), matrix, numbers(stage, "bias")));
  }

  @Override
  public OnnxValue batchNormalization(
      Stage stage, Layer.BatchNormalization layer, OnnxValue input) {
    OnnxValue source = settled(stage, input);
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
    if (foldable) {
      return new OnnxValue(source.name(), Optional.of(new Affine(scale, offset)));
    }
    String scaled = perChannel("Mul", stage.name() + ".scaled", source.name(), scale);
    return new OnnxValue(perChannel("Add", stage.name(), scaled, shift));
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
    OnnxValue source = moved(stage, input);
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

  /** Returns a value with nothing to be done any more. */
  OnnxValue settled(Stage stage, OnnxValue input) {
    if (input.pending().isEmpty()) {
      return input;
    }
    OnnxValue source = moved(stage, input);
    float[] scale = source.pending().orElseThrow().scale();
    return new OnnxValue(perChannel("Mul", stage.name() + ".scaled", source.name(), scale));
  }

  /** Returns a value that may still have to be scaled, but not moved. */
  private OnnxValue moved(Stage stage, OnnxValue input) {
    if (input.pending().isEmpty()) {
      return input;
    }
    Affine affine = input.pending().get();
    float[] nothing = new float[affine.offset().length];
    if (Arrays.equals(affine.offset(), nothing)) {
      return input;
    }
    String name = perChannel("Add", stage.name() + ".moved", input.name(), affine.offset());
    return new OnnxValue(name, Optional.of(new Affine(affine.scale(), nothing)));
  }

  private String perChannel(String operator, String output, String input, float[] values) {
    String constant = nodes.floats(output + ".by", values, values.length, 1, 1);
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
