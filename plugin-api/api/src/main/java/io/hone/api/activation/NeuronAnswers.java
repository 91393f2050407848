package io.hone.api.activation;

import io.hone.api.stability.Stability;
import java.util.Map;

/**
 * What the neurons of some layers answer to one image, not to be written to.
 *
 * @param rows by the names of the layers, one number for each unit, as {@link NeuronLayer} says
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record NeuronAnswers(Map<String, float[]> rows) {
  /** Copies the map, not the numbers. */
  public NeuronAnswers {
    rows = Map.copyOf(rows);
  }

  /**
   * Returns the answer of a layer.
   *
   * @throws IllegalArgumentException if the layer was not chosen
   */
  public float[] of(NeuronLayer layer) {
    float[] row = rows.get(layer.name());
    if (row == null) {
      throw new IllegalArgumentException("the layer " + layer.name() + " was not chosen");
    }
    return row;
  }
}
