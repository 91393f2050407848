package io.hone.learning.export;

import io.hone.learning.network.Weights;
import io.hone.network.Network;
import io.hone.network.WeightSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The order of a network's numbers in an ONNX file, and the way back.
 *
 * <p>A kernel is {@code [height, width, in, out]} in a network and {@code [out, in, height, width]}
 * in ONNX. A network flattens images with their channels last, ONNX with their channels first, so
 * the rows of a matrix behind a flattening change places too.
 */
public final class WeightLayout {
  private final Map<String, Arrangement> arrangements;

  /** Creates the layout of a network's weights. */
  public WeightLayout(Network network) {
    LayoutEmitter emitter = new LayoutEmitter();
    network.emit(emitter, IntStream.range(0, network.input().channels()).toArray());
    arrangements = emitter.arrangements();
    List<String> names = network.weights().stream().map(WeightSpec::name).toList();
    if (!List.copyOf(arrangements.keySet()).equals(names)) {
      throw new IllegalStateException(arrangements.keySet() + " differ from " + names);
    }
  }

  /** Returns a weight's shape in ONNX. */
  public long[] shape(String name) {
    return arrangement(name).shape().clone();
  }

  /**
   * Returns a weight's numbers in the order of ONNX.
   *
   * @throws IllegalArgumentException if the network has no such weight, or one of another length
   */
  public float[] toOnnx(String name, float[] numbers) {
    return arrangement(name).toOnnx(name, numbers);
  }

  /**
   * Returns the weights that an ONNX file holds.
   *
   * @param contents of every weight by name, in the order of ONNX; other names are ignored
   * @throws IllegalArgumentException if a weight is missing or has another length
   */
  public Weights fromOnnx(Map<String, float[]> contents) {
    Map<String, float[]> values = new LinkedHashMap<>();
    arrangements.forEach(
        (name, arrangement) -> {
          float[] content = contents.get(name);
          if (content == null) {
            throw new IllegalArgumentException(
                "no content of weight " + name + "; give one for each of " + arrangements.keySet());
          }
          values.put(name, arrangement.fromOnnx(name, content));
        });
    return new Weights(values);
  }

  private Arrangement arrangement(String name) {
    Arrangement found = arrangements.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no weight " + name + " among " + arrangements.keySet());
    }
    return found;
  }
}
