package io.hone.cli;

import io.hone.api.data.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * Lays out data sets that Hone does not bring along, in their canonical files below a data folder,
 * so that tests need neither a network nor a data folder of the user.
 */
final class DataSetFiles {
  private static final int CIFAR_RECORD = 1 + 3 * 32 * 32;
  private static final long CIFAR_BATCH = 10_000L * CIFAR_RECORD;
  private static final List<String> CIFAR_BATCHES =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");

  private final Path data;

  DataSetFiles(Path data) {
    this.data = data;
  }

  /**
   * Writes CIFAR-10's batches. Both splits begin with the given images; all further ones are black
   * airplanes, which take no room on the disk.
   *
   * @param images {@code [N, 3, 32, 32]} on the 8-bit grid
   * @param label of all of them
   */
  void writeCifar10(Tensor images, int label) throws IOException {
    Path folder = Files.createDirectories(data.resolve("cifar-10-batches-bin"));
    for (String name : CIFAR_BATCHES) {
      try (RandomAccessFile batch = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
        batch.setLength(CIFAR_BATCH);
        if (name.equals("data_batch_1.bin") || name.equals("test_batch.bin")) {
          batch.write(records(images, label));
        }
      }
    }
  }

  private static byte[] records(Tensor images, int label) {
    byte[] records = new byte[images.rows() * CIFAR_RECORD];
    for (int row = 0; row < images.rows(); row++) {
      int start = row * CIFAR_RECORD;
      records[start] = (byte) label;
      for (int feature = 0; feature < images.rowSize(); feature++) {
        records[start + 1 + feature] = (byte) Math.round(images.get(row, feature) * 255);
      }
    }
    return records;
  }

  /**
   * Writes MNIST's test set, which the distribution brings along, under the training set's names.
   */
  void writeMnistTrainingSet() throws IOException {
    Path folder = Files.createDirectories(data.resolve("mnist"));
    try (DirectoryStream<Path> jars =
            Files.newDirectoryStream(
                HoneProcess.distribution().resolve("plugins"), "hone-datasets-*.jar");
        ZipFile jar = new ZipFile(jars.iterator().next().toFile())) {
      for (String end : List.of("images-idx3-ubyte.gz", "labels-idx1-ubyte.gz")) {
        String bundled = "io/hone/plugins/datasets/mnist/t10k-" + end;
        try (InputStream in = jar.getInputStream(jar.getEntry(bundled))) {
          Files.copy(in, folder.resolve("train-" + end));
        }
      }
    }
  }
}
