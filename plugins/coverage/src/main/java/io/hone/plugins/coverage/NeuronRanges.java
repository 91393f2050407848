package io.hone.plugins.coverage;

import io.hone.api.activation.ActivationProfile;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.activation.ProfiledImage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The smallest and the largest answer of each neuron to ordinary images. */
final class NeuronRanges implements ActivationProfile {
  private final List<NeuronLayer> layers;
  private final Neurons neurons;
  private final float[] low;
  private final float[] high;
  private long images;

  /** Starts with no image: a neuron without an answer has no range. */
  NeuronRanges(List<NeuronLayer> layers, Neurons neurons) {
    this.layers = layers;
    this.neurons = neurons;
    int count = layers.stream().mapToInt(neurons::count).sum();
    this.low = new float[count];
    this.high = new float[count];
    Arrays.fill(low, Float.POSITIVE_INFINITY);
    Arrays.fill(high, Float.NEGATIVE_INFINITY);
  }

  long images() {
    return images;
  }

  /** Returns the smallest answer of a neuron; positive infinity where every answer was NaN. */
  float low(int neuron) {
    return low[neuron];
  }

  /** Returns the largest answer of a neuron; negative infinity where every answer was NaN. */
  float high(int neuron) {
    return high[neuron];
  }

  /** Returns whether the neuron gave some answer. */
  boolean isKnown(int neuron) {
    return low[neuron] <= high[neuron];
  }

  @Override
  public void add(ProfiledImage image) {
    LayerAnswers.of(neurons, layers, image.answers()::of)
        .forEach((neuron, answer) -> widen(neuron, answer, answer));
    images++;
  }

  /** A NaN widens nothing: neither comparison holds. */
  private void widen(int neuron, float least, float most) {
    low[neuron] = least < low[neuron] ? least : low[neuron];
    high[neuron] = most > high[neuron] ? most : high[neuron];
  }

  @Override
  public void merge(ActivationProfile other) {
    NeuronRanges more = (NeuronRanges) other;
    for (int neuron = 0; neuron < low.length; neuron++) {
      widen(neuron, more.low[neuron], more.high[neuron]);
    }
    images += more.images;
  }

  @Override
  public void write(DataOutput output) throws IOException {
    output.writeLong(images);
    for (int neuron = 0; neuron < low.length; neuron++) {
      output.writeFloat(low[neuron]);
      output.writeFloat(high[neuron]);
    }
  }

  @Override
  public void read(DataInput input) throws IOException {
    images += input.readLong();
    for (int neuron = 0; neuron < low.length; neuron++) {
      widen(neuron, input.readFloat(), input.readFloat());
    }
  }
}
