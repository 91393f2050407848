package io.hone.learning.network;

import io.hone.api.run.NormalNumbers;
import io.hone.network.Network;
import io.hone.network.WeightSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The numbers of a network by name, in the order of its layers.
 *
 * @param values of each {@link WeightSpec} by name, not to be written to
 */
public record Weights(Map<String, float[]> values) {
  /** Copies the map and keeps its order. */
  public Weights {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns what a network starts its training with; equal seeds give equal weights. */
  public static Weights start(Network network, SplittableRandom random) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (WeightSpec spec : network.weights()) {
      values.put(spec.name(), start(spec, random));
    }
    return new Weights(values);
  }

  private static float[] start(WeightSpec spec, SplittableRandom random) {
    float[] values = new float[spec.size()];
    WeightSpec.Start start = spec.start();
    if (start instanceof WeightSpec.Start.Constant constant) {
      Arrays.fill(values, constant.value());
    } else if (start instanceof WeightSpec.Start.GlorotUniform glorot) {
      fillUniformly(values, Math.sqrt(6.0 / (glorot.fanIn() + glorot.fanOut())), random);
    } else if (start instanceof WeightSpec.Start.HeUniform he) {
      fillUniformly(values, Math.sqrt(6.0 / he.fanIn()), random);
    } else if (start instanceof WeightSpec.Start.Normal normal) {
      NormalNumbers numbers = new NormalNumbers(random);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (normal.mean() + normal.deviation() * numbers.next());
      }
    }
    return values;
  }

  private static void fillUniformly(float[] values, double limit, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
  }

  /** Returns the numbers of one weight, not to be written to. */
  public float[] get(String name) {
    float[] found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no weight " + name + " among " + values.keySet());
    }
    return found;
  }
}
