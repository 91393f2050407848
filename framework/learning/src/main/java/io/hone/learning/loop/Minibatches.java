package io.hone.learning.loop;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.train.Examples;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.Targets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Gathers examples into batches. */
final class Minibatches {
  private final Examples examples;
  private final ImageShape shape;
  private final boolean classifies;

  /**
   * Creates batches of examples.
   *
   * @param classifies whether targets are classes; where not, they are images
   */
  Minibatches(Examples examples, boolean classifies) {
    this.examples = examples;
    this.shape = examples.inputs().imageShape();
    this.classifies = classifies;
  }

  int size() {
    return examples.size();
  }

  /** Returns the shape of the examples. */
  ImageShape shape() {
    return shape;
  }

  /** Returns the named examples. */
  LearningBatch gather(int[] order, int from, int to) {
    return gather(order, from, to, Augmentation.NONE, shape, example -> new SplittableRandom(0));
  }

  /**
   * Returns the named examples, changed at random; targets that are images change with them.
   *
   * @param wanted the shape of the images in the batch
   * @param random the stream of an example
   */
  LearningBatch gather(
      int[] order,
      int from,
      int to,
      Augmentation augmentation,
      ImageShape wanted,
      IntFunction<SplittableRandom> random) {
    BilinearResize resize = new BilinearResize(shape, wanted);
    Tensor images = Tensor.images(to - from, wanted);
    Tensor values = classifies ? Tensor.zeros(1, 1) : Tensor.images(to - from, wanted);
    int[] classes = new int[classifies ? to - from : 0];
    float[] row = new float[shape.features()];
    float[] moved = new float[shape.features()];
    float[] resized = new float[wanted.features()];
    for (int i = 0; i < to - from; i++) {
      int example = order[from + i];
      examples.inputs().readRow(example, row);
      SplittableRandom stream = random.apply(example);
      Augmentation.Placement placement = augmentation.draw(stream);
      placement.apply(shape, row, moved);
      resize.apply(moved, resized);
      augmentation.addNoise(resized, stream);
      images.setRow(i, resized);
      if (classifies) {
        classes[i] = (int) examples.targets().get(example, 0);
      } else {
        examples.targets().readRow(example, row);
        placement.apply(shape, row, moved);
        resize.apply(moved, resized);
        values.setRow(i, resized);
      }
    }
    return new LearningBatch(
        images, classifies ? new Targets.Classes(classes) : new Targets.Values(values), Map.of());
  }
}
