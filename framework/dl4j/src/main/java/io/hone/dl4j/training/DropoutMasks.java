package io.hone.dl4j.training;

import io.hone.learning.network.Layer;
import io.hone.learning.network.Network;
import io.hone.learning.network.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Draws which values a network's dropout layers leave out, from a stream of each example's own. */
final class DropoutMasks {
  private final List<Stage> stages;

  DropoutMasks(Network network) {
    stages =
        network.stages().stream().filter(stage -> stage.layer() instanceof Layer.Dropout).toList();
  }

  /**
   * Returns the masks of a batch by name: 0 for what is left out, {@code 1 / (1 - probability)}
   * elsewhere.
   *
   * @param rows number of examples
   * @param random the stream of a row's example; not asked for by a network without dropout
   */
  Map<String, INDArray> draw(int rows, IntFunction<SplittableRandom> random) {
    if (stages.isEmpty()) {
      return Map.of();
    }
    List<SplittableRandom> streams = IntStream.range(0, rows).mapToObj(random).toList();
    Map<String, INDArray> masks = new LinkedHashMap<>();
    for (Stage stage : stages) {
      masks.put(stage.weight("mask"), mask(stage, streams));
    }
    return masks;
  }

  private static INDArray mask(Stage stage, List<SplittableRandom> streams) {
    double probability = ((Layer.Dropout) stage.layer()).probability();
    float kept = (float) (1 / (1 - probability));
    int features = stage.in().features();
    float[] values = new float[streams.size() * features];
    for (int row = 0; row < streams.size(); row++) {
      SplittableRandom random = streams.get(row);
      for (int feature = 0; feature < features; feature++) {
        values[row * features + feature] = random.nextDouble() < probability ? 0 : kept;
      }
    }
    long rows = streams.size();
    long[] shape =
        stage.in().pixels() == 1
            ? new long[] {rows, features}
            : new long[] {rows, stage.in().height(), stage.in().width(), stage.in().channels()};
    return Nd4j.create(values, shape, 'c');
  }
}
