package io.hone.learning.export;

import io.hone.api.data.ImageShape;
import io.hone.network.Activated;
import io.hone.network.Gain;
import io.hone.network.GlobalPooling;
import io.hone.network.Layer;
import io.hone.network.LayerEmitter;
import io.hone.network.LeakyRelu;
import io.hone.network.PRelu;
import io.hone.network.PixelShuffle;
import io.hone.network.Stage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Follows the order of channels through a network.
 *
 * <p>A value is the order of its channels: channel {@code i} in ONNX is channel {@code value[i]} in
 * the network. It changes where an image is flattened, because its features become the channels.
 */
final class LayoutEmitter implements LayerEmitter<int[]> {
  private final Map<String, Arrangement> arrangements = new LinkedHashMap<>();

  /** Returns the arrangement of each weight by name, in the order of the network. */
  Map<String, Arrangement> arrangements() {
    return arrangements;
  }

  @Override
  public int[] convolution(Stage stage, Layer.Convolution layer, int[] input) {
    int size = layer.kernel();
    int window = size * size;
    int channels = input.length;
    int filters = layer.filters();
    int[] sources = new int[window * channels * filters];
    for (int out = 0; out < filters; out++) {
      for (int in = 0; in < channels; in++) {
        for (int at = 0; at < window; at++) {
          sources[(out * channels + in) * window + at] =
              (at * channels + input[in]) * filters + out;
        }
      }
    }
    put(stage.weight("kernel"), sources, filters, channels, size, size);
    int[] output = inOrder(filters);
    if (layer.bias()) {
      put(stage.weight("bias"), output, filters);
    }
    return output;
  }

  @Override
  public int[] dense(Stage stage, Layer.Dense layer, int[] input) {
    int units = layer.units();
    int[] sources = new int[input.length * units];
    for (int row = 0; row < input.length; row++) {
      for (int unit = 0; unit < units; unit++) {
        sources[row * units + unit] = input[row] * units + unit;
      }
    }
    put(stage.weight("matrix"), sources, input.length, units);
    int[] output = inOrder(units);
    put(stage.weight("bias"), output, units);
    return output;
  }

  @Override
  public int[] batchNormalization(Stage stage, Layer.BatchNormalization layer, int[] input) {
    for (String part : new String[] {"gamma", "beta", "mean", "variance"}) {
      put(stage.weight(part), input, input.length);
    }
    return input;
  }

  @Override
  public int[] maxPooling(Stage stage, Layer.MaxPooling layer, int[] input) {
    return input;
  }

  @Override
  public int[] averagePooling(Stage stage, Layer.AveragePooling layer, int[] input) {
    return input;
  }

  @Override
  public int[] upSampling(Stage stage, Layer.UpSampling layer, int[] input) {
    return input;
  }

  @Override
  public int[] dropout(Stage stage, Layer.Dropout layer, int[] input) {
    return input;
  }

  @Override
  public int[] flatten(Stage stage, int[] input) {
    ImageShape image = stage.in();
    int[] output = new int[image.features()];
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int pixel = 0; pixel < image.pixels(); pixel++) {
        output[channel * image.pixels() + pixel] = pixel * image.channels() + input[channel];
      }
    }
    return output;
  }

  @Override
  public int[] globalPooling(Stage stage, GlobalPooling layer, int[] input) {
    return input;
  }

  @Override
  public int[] pixelShuffle(Stage stage, PixelShuffle layer, int[] input) {
    return inOrder(stage.out().channels());
  }

  @Override
  public int[] activated(Stage stage, Activated layer, int[] input) {
    return input;
  }

  @Override
  public int[] leakyRelu(Stage stage, LeakyRelu layer, int[] input) {
    return input;
  }

  @Override
  public int[] prelu(Stage stage, PRelu layer, int[] input) {
    String name = stage.weight("slope");
    int[] slopes = layer.perChannel() ? input : new int[] {0};
    if (stage.output().flat()) {
      put(name, slopes, slopes.length);
    } else {
      put(name, slopes, slopes.length, 1, 1);
    }
    return input;
  }

  @Override
  public int[] gain(Stage stage, Gain layer, int[] input) {
    put(stage.weight("factor"), new int[] {0}, 1);
    return input;
  }

  @Override
  public int[] add(Stage stage, int[] first, int[] second) {
    return common(stage, first, second);
  }

  @Override
  public int[] multiply(Stage stage, int[] first, int[] second) {
    if (first.length == 1) {
      return second;
    }
    return second.length == 1 ? first : common(stage, first, second);
  }

  private static int[] common(Stage stage, int[] first, int[] second) {
    if (!Arrays.equals(first, second)) {
      throw new IllegalArgumentException(
          stage.name()
              + " ("
              + stage.layer().describe()
              + ") reads flattened images and other features, whose order ONNX cannot tell; put a"
              + " dense layer behind the flattening");
    }
    return first;
  }

  @Override
  public int[] concatenate(Stage stage, List<int[]> inputs) {
    int[] output = new int[stage.out().channels()];
    int offset = 0;
    for (int[] input : inputs) {
      for (int channel = 0; channel < input.length; channel++) {
        output[offset + channel] = offset + input[channel];
      }
      offset += input.length;
    }
    return output;
  }

  @Override
  public int[] attention(Stage stage, int[] queries, int[] keys, int[] values) {
    return values;
  }

  private void put(String name, int[] sources, long... shape) {
    arrangements.put(name, new Arrangement(shape, sources));
  }

  private static int[] inOrder(int channels) {
    return IntStream.range(0, channels).toArray();
  }
}
