package io.hone.dl4j.samediff;

import io.hone.learning.network.Weights;
import io.hone.network.Network;
import io.hone.network.WeightSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network's weights as nd4j arrays, which graphs share and an optimizer changes in place. */
public final class WeightArrays {
  private final Map<String, INDArray> arrays = new LinkedHashMap<>();

  WeightArrays(Network network, Weights weights) {
    for (WeightSpec spec : network.weights()) {
      long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
      // A copy, because nd4j may keep the array it is given.
      arrays.put(spec.name(), Nd4j.create(weights.get(spec.name()).clone(), shape, 'c'));
    }
  }

  Map<String, INDArray> byName() {
    return arrays;
  }

  /** Returns a copy of the numbers. */
  Weights weights() {
    Map<String, float[]> values = new LinkedHashMap<>();
    arrays.forEach((name, array) -> values.put(name, values(array)));
    return new Weights(values);
  }

  public static float[] values(INDArray array) {
    return array.dup('c').data().asFloat();
  }
}
