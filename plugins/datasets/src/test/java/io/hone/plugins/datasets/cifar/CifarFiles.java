package io.hone.plugins.datasets.cifar;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds batches as CIFAR-10's are: black airplanes where nothing else is said. */
final class CifarFiles {
  static final int RECORD = 3073;
  static final int BYTES = 10_000 * RECORD;

  private CifarFiles() {}

  /** Writes a file of zeros, which takes no room on the disk. */
  static Path black(Path file, long bytes) {
    try {
      Files.deleteIfExists(file);
      try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
        out.setLength(bytes);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes all batches of a split. */
  static void write(Path folder, Split split) {
    split.files().forEach(name -> black(folder.resolve(name), BYTES));
  }

  /** Changes one byte of a record; the label is byte 0. */
  static void set(Path file, int image, int at, int value) {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek((long) image * RECORD + at);
      out.write(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
