package io.hone.bench;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.train.Examples;
import io.hone.bench.network.Digits;
import java.util.HashMap;
import java.util.Map;

/**
 * A network to train, on every side with the same layers, the same batches and Adam.
 *
 * <p>Images and targets are noise: how long a step takes does not depend on them.
 */
enum TrainingWorkload {
  /** The redundancy autoencoder of Table 2 of Nguyen et al., with a mask for each image. */
  REDUNDANCY_AUTOENCODER(
      "redundancy-autoencoder",
      "redundancy-autoencoder",
      Map.of("architecture", "stacked-conv"),
      new ImageShape(1, 28, 28),
      64,
      0),
  /** LeNet-5, with a class for each image. */
  LENET5(
      "lenet5", "classifier", Map.of("architecture", "lenet5"), new ImageShape(1, 28, 28), 64, 10),
  /** Six convolutions with batch normalization, with a class for each image. */
  VGG_SMALL(
      "vgg-small",
      "classifier",
      Map.of("architecture", "small-vgg"),
      new ImageShape(3, 32, 32),
      128,
      10);

  private static final long SEED = 7;

  private final String word;
  private final String trainer;
  private final Map<String, Object> parameters;
  private final ImageShape shape;
  private final int batch;
  private final int classes;

  TrainingWorkload(
      String word,
      String trainer,
      Map<String, Object> parameters,
      ImageShape shape,
      int batch,
      int classes) {
    this.word = word;
    this.trainer = trainer;
    this.parameters = parameters;
    this.shape = shape;
    this.batch = batch;
    this.classes = classes;
  }

  /** Returns the word that the command line and the peers call the network by. */
  String word() {
    return word;
  }

  /** Returns the id of Hone's trainer. */
  String trainer() {
    return trainer;
  }

  /** Returns the trainer's parameters for a number of epochs, all of which are made. */
  Map<String, Object> parameters(int epochs) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("epochs", epochs);
    all.put("batch", batch);
    all.put("schedule", "constant");
    all.put("patience", epochs);
    return all;
  }

  /** Returns the shape of an image. */
  ImageShape shape() {
    return shape;
  }

  /** Returns how many examples a step learns. */
  int batch() {
    return batch;
  }

  /** Returns the number of classes; 0 if targets are images. */
  int classes() {
    return classes;
  }

  /** Returns examples of noise, always the same. */
  Examples examples(int count) {
    Tensor images = Digits.random(count, shape, SEED);
    return new Examples(images, classes == 0 ? masks(count) : labels(count));
  }

  private Tensor masks(int count) {
    Tensor masks = Digits.random(count, shape, SEED + 1);
    for (int row = 0; row < count; row++) {
      for (int feature = 0; feature < masks.rowSize(); feature++) {
        masks.set(row, feature, Math.round(masks.get(row, feature)));
      }
    }
    return masks;
  }

  private Tensor labels(int count) {
    Tensor labels = Tensor.zeros(count, 1);
    for (int row = 0; row < count; row++) {
      labels.set(row, 0, row % classes);
    }
    return labels;
  }

  /** Returns the word, which the command line takes too. */
  @Override
  public String toString() {
    return word;
  }
}
