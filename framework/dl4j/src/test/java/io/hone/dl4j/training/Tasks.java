package io.hone.dl4j.training;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.train.Examples;
import io.hone.api.train.TrainingTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

/** Small tasks that can be learned. */
final class Tasks {
  private static final ImageShape SHAPE = new ImageShape(1, 16, 16);

  private Tasks() {}

  /** Images that are brighter above (class 0), below (1) or nowhere (2). */
  static TrainingTask classes(Path folder, boolean resume, long seed) {
    return task(folder, resume, seed, 3, classes(44, 1), classes(20, 2));
  }

  /** Noisy images with their clean ones. */
  static TrainingTask images(Path folder, boolean resume, long seed) {
    return task(folder, resume, seed, 0, images(24, 3), images(10, 4));
  }

  /** Twenty colour images of noise in ten classes; the validation images are the same. */
  static TrainingTask noise(Path folder, boolean resume, long seed) {
    ImageShape shape = new ImageShape(3, 32, 32);
    SplittableRandom random = new SplittableRandom(9);
    Tensor images = Tensor.images(20, shape);
    Tensor classes = Tensor.zeros(20, 1);
    for (int row = 0; row < 20; row++) {
      classes.set(row, 0, row % 10);
      for (int feature = 0; feature < shape.features(); feature++) {
        images.set(row, feature, (float) random.nextDouble());
      }
    }
    Examples examples = new Examples(images, classes);
    return task(folder, resume, seed, 10, examples, examples);
  }

  private static TrainingTask task(
      Path folder, boolean resume, long seed, int classes, Examples training, Examples validation) {
    try {
      return new TrainingTask(
          "tiny",
          seed,
          training,
          validation,
          classes,
          Optional.empty(),
          SameDiffTraining.choices(),
          1,
          Files.createDirectories(folder.resolve("checkpoints")),
          resume,
          Files.createDirectories(folder.resolve("model")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Examples classes(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor images = Tensor.images(count, SHAPE);
    Tensor classes = Tensor.zeros(count, 1);
    for (int row = 0; row < count; row++) {
      int label = row % 3;
      classes.set(row, 0, label);
      for (int feature = 0; feature < SHAPE.features(); feature++) {
        boolean above = feature < SHAPE.features() / 2;
        boolean bright = label == 0 && above || label == 1 && !above;
        images.set(row, feature, (float) (random.nextDouble() * 0.6 + (bright ? 0.4 : 0)));
      }
    }
    return new Examples(images, classes);
  }

  private static Examples images(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor clean = Tensor.images(count, SHAPE);
    Tensor noisy = Tensor.images(count, SHAPE);
    for (int row = 0; row < count; row++) {
      double tone = random.nextDouble();
      for (int feature = 0; feature < SHAPE.features(); feature++) {
        clean.set(row, feature, tone > 0.5 ? 1 : 0);
        double noise = 0.3 * (random.nextDouble() - 0.5);
        noisy.set(row, feature, (float) Math.abs((tone > 0.5 ? 0.8 : 0.2) + noise));
      }
    }
    return new Examples(noisy, clean);
  }
}
