package io.hone.dl4j.training;

import io.hone.api.data.ImageShape;
import io.hone.api.train.Examples;
import io.hone.dl4j.samediff.ChannelsLast;
import io.hone.dl4j.samediff.Minibatch;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.nd4j.linalg.factory.Nd4j;

/** Gathers examples into the arrays that a graph takes. */
final class Minibatches {
  private final Examples examples;
  private final ImageShape shape;
  private final int classes;
  private final ChannelsLast rows;

  /**
   * Creates batches of examples.
   *
   * @param classes number of classes; 0 if targets are images
   */
  Minibatches(Examples examples, int classes) {
    this.examples = examples;
    this.shape = examples.inputs().imageShape();
    this.classes = classes;
    this.rows = new ChannelsLast(shape);
  }

  int size() {
    return examples.size();
  }

  /** Returns the named examples. */
  Minibatch gather(int[] order, int from, int to) {
    return gather(order, from, to, Augmentation.NONE, example -> new SplittableRandom(0));
  }

  /**
   * Returns the named examples, changed at random; targets that are images change with them.
   *
   * @param random the stream of an example
   */
  Minibatch gather(
      int[] order,
      int from,
      int to,
      Augmentation augmentation,
      IntFunction<SplittableRandom> random) {
    int features = shape.features();
    float[] images = new float[(to - from) * features];
    float[] targets = new float[(to - from) * (classes > 0 ? classes : features)];
    float[] row = new float[features];
    float[] moved = new float[features];
    for (int i = 0; i < to - from; i++) {
      int example = order[from + i];
      examples.inputs().readRow(example, row);
      Augmentation.Placement placement = augmentation.draw(random.apply(example));
      placement.apply(shape, row, moved);
      rows.channelsLast(moved, images, i * features);
      if (classes > 0) {
        targets[i * classes + trueClass(example)] = 1;
      } else {
        examples.targets().readRow(example, row);
        placement.apply(shape, row, moved);
        rows.channelsLast(moved, targets, i * features);
      }
    }
    long[] imageShape = {to - from, shape.height(), shape.width(), shape.channels()};
    return new Minibatch(
        Nd4j.create(images, imageShape, 'c'),
        Nd4j.create(
            targets, classes > 0 ? new long[] {to - from, classes} : imageShape.clone(), 'c'));
  }

  /** Returns the class of an example. */
  int trueClass(int example) {
    return (int) examples.targets().get(example, 0);
  }
}
