package io.hone.plugins.datasets.numpy;

import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes arrays for tests. */
final class ArrayFiles {
  private static final int HEADER_BYTES = 128;

  private ArrayFiles() {}

  static Path floats(Path file, float[] values, int... rowShape) {
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32, rowShape)) {
      writer.append(values);
    }
    return file;
  }

  static Path longs(Path file, long[] values, int... rowShape) {
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.INT64, rowShape)) {
      writer.append(values);
    }
    return file;
  }

  /** Writes values of {@code u1}, which Hone itself only reads. */
  static Path bytes(Path file, String shape, int... values) {
    return values(file, "|u1", shape, 1, IntStream.of(values).asLongStream().toArray());
  }

  /**
   * Writes values of any type.
   *
   * @param type NumPy's name of it
   * @param bytes of a value, little-endian
   */
  static Path values(Path file, String type, String shape, int bytes, long... values) {
    String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    ByteBuffer content =
        ByteBuffer.allocate(HEADER_BYTES + bytes * values.length).order(ByteOrder.LITTLE_ENDIAN);
    content.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, HEADER_BYTES - 10, 0});
    content.put(
        (text + " ".repeat(HEADER_BYTES - 11 - text.length()) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    for (long value : values) {
      for (int index = 0; index < bytes; index++) {
        content.put((byte) (value >> Byte.SIZE * index));
      }
    }
    try {
      return Files.write(file, content.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Packs files into an archive under their own names. */
  static Path archive(Path archive, Path... files) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return archive;
  }
}
