package io.hone.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyWriterTest {
  @TempDir Path folder;

  private static float[] floats(Path file) {
    try (NumpyArray array = NumpyArray.open(file)) {
      float[] values = new float[Math.toIntExact(array.rows() * array.rowSize())];
      array.readFloats(0, values);
      return values;
    }
  }

  @Test
  void writesWhatNumpyWouldWrite() throws IOException {
    Path file = folder.resolve("labels.npy");
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.INT64)) {
      writer.append(3, 1);
      writer.append(4L);
      assertThat(writer.rows()).isEqualTo(3);
    }
    byte[] content = Files.readAllBytes(file);
    assertThat(content).hasSize(128 + 3 * 8);
    assertThat(content).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
    String header = new String(content, 10, 118, StandardCharsets.US_ASCII);
    assertThat(header)
        .startsWith("{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }")
        .endsWith(" \n");
    assertThat(content[128]).isEqualTo((byte) 3);
    assertThat(content[144]).isEqualTo((byte) 4);
  }

  @Test
  void readsBackWhatWasAppended() {
    Path file = folder.resolve("clean.npy");
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32, 1, 2, 2)) {
      writer.append(Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2));
      writer.append(new float[] {5, 6, 7, 8});
    }
    try (NumpyArray array = NumpyArray.open(file)) {
      assertThat(array.shape()).containsExactly(2, 1, 2, 2);
    }
    assertThat(floats(file)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void writesRowsLargerThanItsBuffer() {
    Path file = folder.resolve("large.npy");
    float[] row = new float[200_000];
    for (int index = 0; index < row.length; index++) {
      row[index] = index;
    }
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32, row.length)) {
      writer.append(row);
    }
    assertThat(floats(file)).isEqualTo(row);
  }

  @Test
  void goesOnFromAnyRow() throws IOException {
    Path whole = folder.resolve("whole.npy");
    try (NumpyWriter writer = NumpyWriter.create(whole, NumpyType.FLOAT32, 2)) {
      writer.append(1f, 2, 3, 4, 5, 6, 7, 8);
    }
    Path resumed = folder.resolve("resumed.npy");
    NumpyWriter killed = NumpyWriter.create(resumed, NumpyType.FLOAT32, 2);
    killed.append(1f, 2, 3, 4);
    killed.flush();
    killed.append(99f, 99);
    // The process ends here without closing, so the header counts 2 rows of the 3 in the file.
    try (NumpyArray array = NumpyArray.open(resumed)) {
      assertThat(array.rows()).isEqualTo(2);
    }
    try (NumpyWriter writer = NumpyWriter.reopen(resumed, NumpyType.FLOAT32, 1, 2)) {
      assertThat(writer.rows()).isEqualTo(1);
      writer.append(3f, 4, 5, 6, 7, 8);
    }
    assertThat(resumed).hasSameBinaryContentAs(whole);
    killed.close();
  }

  @Test
  void keepsRowsThatTheHeaderDoesNotCount() {
    Path file = folder.resolve("a.npy");
    NumpyWriter killed = NumpyWriter.create(file, NumpyType.FLOAT32);
    killed.append(1f, 2, 3);
    try (NumpyWriter writer = NumpyWriter.reopen(file, NumpyType.FLOAT32, 2)) {
      writer.append(4f);
    }
    assertThat(floats(file)).containsExactly(1, 2, 4);
  }

  @Test
  void refusesToGoOnFromAnotherFile() throws IOException {
    Path file = folder.resolve("a.npy");
    assertThatThrownBy(() -> NumpyWriter.reopen(file, NumpyType.FLOAT32, 0, 2))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("a.npy")
        .hasMessageContaining("does not exist");
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32, 2)) {
      writer.append(1f, 2);
    }
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> NumpyWriter.reopen(file, NumpyType.FLOAT32, 2, 2))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("fewer than the 2 rows");
    assertThatThrownBy(() -> NumpyWriter.reopen(file, NumpyType.FLOAT32, 1, 3))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("(1, 2)");
    assertThatThrownBy(() -> NumpyWriter.reopen(file, NumpyType.INT64, 1, 2))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("f4");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void closesTwiceAndKeepsAnEmptyArray() {
    Path file = folder.resolve("empty.npy");
    NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32, 4);
    writer.close();
    writer.close();
    try (NumpyArray array = NumpyArray.open(file)) {
      assertThat(array.shape()).containsExactly(0, 4);
    }
  }

  @Test
  void replacesALongerFile() {
    Path file = folder.resolve("a.npy");
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32)) {
      writer.append(1f, 2, 3);
    }
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32)) {
      writer.append(9f);
    }
    assertThat(file).hasSize(128 + 4);
  }

  @Test
  void namesAFileThatCannotBeWritten() {
    Path file = folder.resolve("absent").resolve("a.npy");
    assertThatThrownBy(() -> NumpyWriter.create(file, NumpyType.FLOAT32))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void refusesPartsOfRowsAndOtherTypes() {
    Path file = folder.resolve("a.npy");
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32, 2)) {
      assertThatThrownBy(() -> writer.append(1f))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("whole number of rows");
      assertThatThrownBy(() -> writer.append(1, 2)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> NumpyWriter.create(file, NumpyType.INT8))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
