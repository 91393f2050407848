package io.hone.plugins.datasets.mnist;

/** The two parts of MNIST. */
public enum Split {
  /** 60,000 images to learn from. */
  TRAIN(MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS),
  /** 10,000 images to judge by. */
  TEST(MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS);

  private final MnistFile images;
  private final MnistFile labels;

  Split(MnistFile images, MnistFile labels) {
    this.images = images;
    this.labels = labels;
  }

  MnistFile images() {
    return images;
  }

  MnistFile labels() {
    return labels;
  }
}
