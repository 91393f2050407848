package io.hone.testkit;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.train.AttackedClassifier;
import io.hone.api.train.Examples;
import io.hone.api.train.TrainingTarget;
import io.hone.api.train.TrainingTarget.CleanImage;
import io.hone.api.train.TrainingTarget.GoalClass;
import io.hone.api.train.TrainingTarget.TrueClass;
import io.hone.testkit.model.LinearClassifier;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Examples for a trainer, always the same ones: images that are brighter above (class 0), below (1)
 * or nowhere (2), and what a network should return for them.
 */
final class TinyExamples {
  static final int CLASSES = 3;
  static final int TRAINING = 12;
  private static final int VALIDATION = 6;

  private final ImageShape shape;
  private final TrainingTarget target;
  private final LinearClassifier classifier;

  TinyExamples(ImageShape shape, TrainingTarget target) {
    this.shape = shape;
    this.target = target;
    this.classifier = LinearClassifier.random(shape, CLASSES, new SampleRandom(5));
  }

  Examples training() {
    return examples(TRAINING, 1);
  }

  Examples validation() {
    return examples(VALIDATION, 2);
  }

  /** Returns the classifier that a generator learns to attack; other trainers need none. */
  Optional<AttackedClassifier> attacked() {
    return target instanceof GoalClass
        ? Optional.of(new AttackedClassifier(classifier, "0".repeat(64)))
        : Optional.empty();
  }

  private Examples examples(int count, long seed) {
    RandomGenerator random = new SampleRandom(seed);
    Tensor images = Tensor.images(count, shape);
    for (int row = 0; row < count; row++) {
      for (int feature = 0; feature < shape.features(); feature++) {
        boolean above = feature % shape.pixels() < shape.pixels() / 2;
        boolean bright = above ? row % CLASSES == 0 : row % CLASSES == 1;
        images.set(row, feature, (float) (0.6 * random.nextDouble() + (bright ? 0.4 : 0)));
      }
    }
    return new Examples(images, targets(images));
  }

  private Tensor targets(Tensor images) {
    if (target instanceof TrueClass) {
      Tensor classes = Tensor.zeros(images.rows(), 1);
      for (int row = 0; row < images.rows(); row++) {
        classes.set(row, 0, row % CLASSES);
      }
      return classes;
    }
    if (target instanceof GoalClass) {
      int[] labels = classifier.predict(new ImageBatch(images, new long[images.rows()]));
      Tensor classes = Tensor.zeros(images.rows(), 2);
      for (int row = 0; row < images.rows(); row++) {
        classes.set(row, 0, (labels[row] + 1) % CLASSES);
        classes.set(row, 1, labels[row]);
      }
      return classes;
    }
    // A clean image has few grey levels here; a mask of redundancy is 0 or 1.
    int levels = target instanceof CleanImage ? 4 : 1;
    Tensor coarse = images.copy();
    for (int row = 0; row < images.rows(); row++) {
      for (int feature = 0; feature < images.rowSize(); feature++) {
        coarse.set(row, feature, (float) Math.round(images.get(row, feature) * levels) / levels);
      }
    }
    return coarse;
  }
}
