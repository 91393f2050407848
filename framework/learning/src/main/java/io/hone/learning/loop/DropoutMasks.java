package io.hone.learning.loop;

import io.hone.api.data.Tensor;
import io.hone.learning.engine.MaskPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Draws which values a network's dropout layers leave out, from a stream of each example's own. */
final class DropoutMasks {
  private final List<MaskPort> ports;

  DropoutMasks(List<MaskPort> ports) {
    this.ports = List.copyOf(ports);
  }

  /**
   * Returns the masks of a batch by name: 0 for what is left out, {@code 1 / (1 - probability)}
   * elsewhere.
   *
   * @param rows number of examples
   * @param random the stream of a row's example; not asked for by a network without dropout
   */
  Map<String, Tensor> draw(int rows, IntFunction<SplittableRandom> random) {
    if (ports.isEmpty()) {
      return Map.of();
    }
    List<SplittableRandom> streams = IntStream.range(0, rows).mapToObj(random).toList();
    Map<String, Tensor> masks = new LinkedHashMap<>();
    for (MaskPort port : ports) {
      masks.put(port.name(), mask(port, streams));
    }
    return masks;
  }

  private static Tensor mask(MaskPort port, List<SplittableRandom> streams) {
    float kept = (float) (1 / (1 - port.probability()));
    int[] shape = new int[port.shape().size() + 1];
    shape[0] = streams.size();
    for (int axis = 1; axis < shape.length; axis++) {
      shape[axis] = port.shape().get(axis - 1);
    }
    Tensor mask = Tensor.zeros(shape);
    for (int row = 0; row < streams.size(); row++) {
      SplittableRandom random = streams.get(row);
      for (int feature = 0; feature < mask.rowSize(); feature++) {
        mask.set(row, feature, random.nextDouble() < port.probability() ? 0 : kept);
      }
    }
    return mask;
  }
}
