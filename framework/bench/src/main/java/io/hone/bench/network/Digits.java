package io.hone.bench.network;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Images to run: noise, because the time a network takes does not depend on what it sees. */
public final class Digits {
  /** Images of the whole batch, whoever runs it and in however many parts. */
  public static final int BATCH = 256;

  /** Cores to use, by Hone and by every peer. */
  public static final int THREADS = 2;

  private Digits() {}

  /** Returns uniform random images {@code [count, 1, 28, 28]}. */
  public static Tensor random(int count, long seed) {
    return random(count, new ImageShape(1, LeNet5.SIDE, LeNet5.SIDE), seed);
  }

  /** Returns uniform random images of any shape. */
  public static Tensor random(int count, ImageShape shape, long seed) {
    Tensor images = Tensor.images(count, shape);
    RandomGenerator random = new SplittableRandom(seed);
    for (int row = 0; row < count; row++) {
      for (int feature = 0; feature < images.rowSize(); feature++) {
        images.set(row, feature, (float) random.nextDouble());
      }
    }
    return images;
  }

  /** Returns labels that go through all classes. */
  public static int[] labels(int count) {
    int[] labels = new int[count];
    for (int row = 0; row < count; row++) {
      labels[row] = row % LeNet5.CLASSES;
    }
    return labels;
  }
}
