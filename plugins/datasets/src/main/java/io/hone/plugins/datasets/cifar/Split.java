package io.hone.plugins.datasets.cifar;

import java.util.List;

/** The two parts of CIFAR-10. */
public enum Split {
  /** 50,000 images to learn from. */
  TRAIN(
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin")),
  /** 10,000 images to judge by. */
  TEST(List.of("test_batch.bin"));

  private final List<String> files;

  Split(List<String> files) {
    this.files = files;
  }

  /** Returns the names of the batches, in the order of the samples. */
  List<String> files() {
    return files;
  }
}
