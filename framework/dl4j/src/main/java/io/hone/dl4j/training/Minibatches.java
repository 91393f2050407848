package io.hone.dl4j.training;

import io.hone.api.tensor.ImageShape;
import io.hone.api.train.Examples;
import io.hone.dl4j.samediff.ImageRows;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Gathers examples into the arrays that a graph takes. */
final class Minibatches {
  private final Examples examples;
  private final ImageShape shape;
  private final int classes;
  private final ImageRows rows;

  /**
   * Creates batches of examples.
   *
   * @param classes number of classes; 0 if targets are images
   */
  Minibatches(Examples examples, int classes) {
    this.examples = examples;
    this.shape = examples.inputs().imageShape();
    this.classes = classes;
    this.rows = new ImageRows(shape);
  }

  /** A batch as a graph takes it. */
  record Minibatch(INDArray images, INDArray targets) {}

  int size() {
    return examples.size();
  }

  /** Returns the named examples. */
  Minibatch gather(int[] order, int from, int to) {
    return gather(order, from, to, 0, example -> new SplittableRandom(0));
  }

  /**
   * Returns the named examples, moved at random.
   *
   * @param shift pixels at most, in each direction; black moves in
   * @param random the stream of an example
   */
  Minibatch gather(int[] order, int from, int to, int shift, IntFunction<SplittableRandom> random) {
    int features = shape.features();
    float[] images = new float[(to - from) * features];
    float[] targets = new float[(to - from) * (classes > 0 ? classes : features)];
    float[] row = new float[features];
    float[] moved = new float[features];
    for (int i = 0; i < to - from; i++) {
      int example = order[from + i];
      examples.inputs().readRow(example, row);
      int down = 0;
      int right = 0;
      if (shift > 0) {
        SplittableRandom stream = random.apply(example);
        down = stream.nextInt(-shift, shift + 1);
        right = stream.nextInt(-shift, shift + 1);
      }
      move(row, down, right, moved);
      rows.channelsLast(moved, images, i * features);
      if (classes > 0) {
        targets[i * classes + trueClass(example)] = 1;
      } else {
        examples.targets().readRow(example, row);
        move(row, down, right, moved);
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

  private void move(float[] from, int down, int right, float[] into) {
    if (down == 0 && right == 0) {
      System.arraycopy(from, 0, into, 0, from.length);
      return;
    }
    Arrays.fill(into, 0);
    int firstColumn = Math.max(0, right);
    int columns = shape.width() - Math.abs(right);
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = Math.max(0, down); y < Math.min(shape.height(), shape.height() + down); y++) {
        System.arraycopy(
            from,
            shape.feature(channel, y - down, firstColumn - right),
            into,
            shape.feature(channel, y, firstColumn),
            columns);
      }
    }
  }
}
