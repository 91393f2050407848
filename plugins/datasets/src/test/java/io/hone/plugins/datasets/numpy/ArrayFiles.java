package io.hone.plugins.datasets.numpy;

import io.hone.api.numpy.NumpyType;
import io.hone.api.numpy.NumpyWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    String text = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }";
    byte[] content = new byte[HEADER_BYTES + values.length];
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, HEADER_BYTES - 10, 0};
    byte[] header =
        (text + " ".repeat(HEADER_BYTES - 11 - text.length()) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(start, 0, content, 0, start.length);
    System.arraycopy(header, 0, content, start.length, header.length);
    for (int index = 0; index < values.length; index++) {
      content[HEADER_BYTES + index] = (byte) values[index];
    }
    try {
      return Files.write(file, content);
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
