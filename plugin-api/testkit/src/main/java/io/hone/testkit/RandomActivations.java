package io.hone.testkit;

import io.hone.api.activation.NeuronAnswers;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.activation.NeuronLayer.Order;
import io.hone.api.activation.ProfiledImage;
import io.hone.api.metric.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What neurons of a small network might answer: zeros, equal rows and NaN included. */
final class RandomActivations {
  /** Values as networks have them, activations and others. */
  static final List<NeuronLayer> LAYERS =
      List.of(
          new NeuronLayer("conv1", "Conv", 3, 20, Order.CHANNELS_FIRST, false),
          new NeuronLayer("relu1", "Relu", 3, 20, Order.CHANNELS_FIRST, true),
          new NeuronLayer("gelu2", "Mul", 5, 4, Order.CHANNELS_LAST, true),
          new NeuronLayer("tanh3", "Tanh", 6, 1, Order.CHANNELS_FIRST, true),
          new NeuronLayer("logits", "Gemm", 4, 1, Order.CHANNELS_FIRST, false));

  private RandomActivations() {}

  /** Returns the same outcomes with values of layers, always the same. */
  static List<Outcome> of(List<NeuronLayer> layers, List<Outcome> outcomes) {
    return IntStream.range(0, outcomes.size())
        .mapToObj(index -> with(layers, outcomes.get(index), index))
        .toList();
  }

  /** Returns ordinary images with values of layers, always the same. */
  static List<ProfiledImage> profiled(List<NeuronLayer> layers, int images, int classes) {
    return IntStream.range(0, images)
        .mapToObj(
            index -> {
              RandomGenerator random = new SampleRandom(78, index);
              Map<String, float[]> rows = new HashMap<>();
              layers.forEach(layer -> rows.put(layer.name(), values(layer, random)));
              int label = random.nextInt(-1, classes);
              int prediction = random.nextInt(10) == 0 ? -1 : random.nextInt(classes);
              return new ProfiledImage(2L * index, label, prediction, new NeuronAnswers(rows));
            })
        .toList();
  }

  private static Outcome with(List<NeuronLayer> layers, Outcome outcome, int index) {
    RandomGenerator random = new SampleRandom(77, index);
    Map<String, float[]> clean = new HashMap<>();
    Map<String, float[]> emitted = new HashMap<>();
    for (NeuronLayer layer : layers) {
      float[] values = values(layer, random);
      clean.put(layer.name(), values);
      boolean same = images(outcome) || random.nextInt(4) == 0;
      emitted.put(layer.name(), same ? values : values(layer, random));
    }
    return outcome.with(
        new Outcome.Activations(new NeuronAnswers(clean), new NeuronAnswers(emitted)));
  }

  private static boolean images(Outcome outcome) {
    return outcome.images().clean() == outcome.images().emitted();
  }

  private static float[] values(NeuronLayer layer, RandomGenerator random) {
    float[] values = new float[layer.units()];
    boolean constant = random.nextInt(6) == 0;
    for (int unit = 0; unit < values.length && !constant; unit++) {
      float value = (float) random.nextGaussian();
      values[unit] = layer.activation() ? Math.max(0, value) : value;
    }
    if (random.nextInt(12) == 0) {
      values[random.nextInt(values.length)] = Float.NaN;
    }
    return values;
  }
}
