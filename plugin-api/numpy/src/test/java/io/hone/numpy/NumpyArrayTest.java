package io.hone.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import io.hone.api.run.RunCancelledException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyArrayTest {
  private static final String PLAIN = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

  @TempDir Path folder;

  private Path file(byte[] content) {
    return NumpyFiles.write(folder.resolve("a.npy"), content);
  }

  private static Consumer<ByteBuffer> floats(float... values) {
    return buffer -> {
      for (float value : values) {
        buffer.putFloat(value);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersionOfTheHeader(int version) {
    Path file =
        file(NumpyFiles.npy(version, PLAIN, ByteOrder.LITTLE_ENDIAN, floats(1, 2, 3, 4, 5, 6)));
    try (NumpyArray array = NumpyArray.open(file)) {
      assertThat(array.type()).isEqualTo(NumpyType.FLOAT32);
      assertThat(array.shape()).containsExactly(2, 3);
      assertThat(array.rank()).isEqualTo(2);
      float[] row = new float[3];
      array.readFloats(1, row);
      assertThat(row).containsExactly(4, 5, 6);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<f4, FLOAT32",
    ">f4, FLOAT32",
    "=f4, FLOAT32",
    "<f8, FLOAT64",
    ">f8, FLOAT64",
    "|u1, UINT8",
    "|i1, INT8",
    "<i2, INT16",
    ">i2, INT16",
    "<i4, INT32",
    ">i4, INT32",
    "<i8, INT64",
    ">i8, INT64",
    "<u2, UINT16",
    ">u4, UINT32",
    "|b1, BOOL"
  })
  void readsEveryTypeInBothByteOrders(String description, NumpyType type) {
    int[] values = type == NumpyType.BOOL ? new int[] {0, 1, 1} : new int[] {0, 1, 100};
    Path file =
        file(
            NumpyFiles.npy(
                description,
                "(3,)",
                buffer -> {
                  if (description.startsWith("=")) {
                    buffer.order(ByteOrder.nativeOrder());
                  }
                  for (int value : values) {
                    switch (type) {
                      case FLOAT32 -> buffer.putFloat(value);
                      case FLOAT64 -> buffer.putDouble(value);
                      case INT64 -> buffer.putLong(value);
                      case INT32, UINT32 -> buffer.putInt(value);
                      case INT16, UINT16 -> buffer.putShort((short) value);
                      default -> buffer.put((byte) value);
                    }
                  }
                }));
    try (NumpyArray array = NumpyArray.open(file)) {
      assertThat(array.type()).isEqualTo(type);
      float[] read = new float[3];
      array.readFloats(0, read);
      for (int index = 0; index < 3; index++) {
        assertThat(read[index]).isEqualTo(values[index]);
      }
      if (type.floating()) {
        assertThatThrownBy(() -> array.readInts(0, new int[3]))
            .isInstanceOf(BadInputException.class)
            .hasMessageContaining("astype('int64')");
      } else {
        int[] ints = new int[3];
        array.readInts(0, ints);
        assertThat(ints).containsExactly(values);
        long[] longs = new long[3];
        array.readLongs(0, longs);
        assertThat(longs).containsExactly(Arrays.stream(values).asLongStream().toArray());
      }
    }
  }

  @Test
  void readsUnsignedAndNegativeNumbersAsTheyAre() {
    Path unsigned = file(NumpyFiles.npy("|u1", "(1,)", buffer -> buffer.put((byte) 255)));
    int[] value = new int[1];
    try (NumpyArray array = NumpyArray.open(unsigned)) {
      array.readInts(0, value);
      assertThat(value).containsExactly(255);
    }
    Path signed = file(NumpyFiles.npy("|i1", "(1,)", buffer -> buffer.put((byte) 255)));
    try (NumpyArray array = NumpyArray.open(signed)) {
      array.readInts(0, value);
      assertThat(value).containsExactly(-1);
    }
  }

  @Test
  void namesTheRowOfANumberBeyondInt() {
    Path file = file(NumpyFiles.npy("<i8", "(2,)", buffer -> buffer.putLong(1).putLong(1L << 40)));
    try (NumpyArray array = NumpyArray.open(file)) {
      assertThatThrownBy(() -> array.readInts(0, new int[2]))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("a.npy")
          .hasMessageContaining("row 1");
    }
  }

  @Test
  void bringsFortranOrderIntoCOrder() {
    // Value 100 i + 10 j + k at [i, j, k] of the shape (4, 3, 2), first index fastest.
    Path file =
        file(
            NumpyFiles.npy(
                2,
                "{'shape': (4, 3, 2), 'fortran_order': True, 'descr': '>f8'}",
                ByteOrder.BIG_ENDIAN,
                buffer -> {
                  for (int k = 0; k < 2; k++) {
                    for (int j = 0; j < 3; j++) {
                      for (int i = 0; i < 4; i++) {
                        buffer.putDouble(100 * i + 10 * j + k);
                      }
                    }
                  }
                }));
    try (NumpyArray array = NumpyArray.open(file)) {
      float[] rows = new float[12];
      array.readFloats(1, rows);
      assertThat(rows).containsExactly(100, 101, 110, 111, 120, 121, 200, 201, 210, 211, 220, 221);
    }
  }

  @Test
  void readsIntoATensor() {
    Path file = file(NumpyFiles.npy("<f4", "(3, 2)", floats(1, 2, 3, 4, 5, 6)));
    try (NumpyArray array = NumpyArray.open(file)) {
      Tensor rows = Tensor.zeros(2, 2);
      array.read(1, rows);
      assertThat(rows.row(0)).containsExactly(3, 4);
      assertThat(rows.row(1)).containsExactly(5, 6);
      assertThatThrownBy(() -> array.read(2, rows)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void readsRowsBeyondTwoGigabytes() throws IOException {
    Path file = folder.resolve("huge.npy");
    long rows = 3_000_000_000L;
    byte[] header = NumpyFiles.npy("|u1", "(" + rows + ",)", buffer -> {});
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(header);
      sparse.setLength(header.length + rows);
      sparse.seek(header.length + rows - 1);
      sparse.write(7);
    }
    try (NumpyArray array = NumpyArray.open(file)) {
      int[] last = new int[2];
      array.readInts(rows - 2, last);
      assertThat(last).containsExactly(0, 7);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
  void readsArraysOfAnArchive(int method) {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("x", NumpyFiles.npy("<f4", "(2, 1)", floats(1, 2)));
    arrays.put("y", NumpyFiles.npy("|u1", "(2,)", buffer -> buffer.put((byte) 3).put((byte) 4)));
    Path file = NumpyFiles.write(folder.resolve("a.npz"), NumpyFiles.npz(arrays, method));
    assertThat(NumpyArray.entries(file)).containsExactly("x", "y");
    int[] labels = new int[2];
    try (NumpyArray array = NumpyArray.open(file, "y")) {
      array.readInts(0, labels);
    }
    assertThat(labels).containsExactly(3, 4);
    assertThatThrownBy(() -> NumpyArray.open(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("several arrays (x, y)");
    assertThatThrownBy(() -> NumpyArray.open(file, "z"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("'z'")
        .hasMessageContaining("x, y");
  }

  @Test
  void refusesAnArchiveWithDamagedContent() {
    byte[] archive =
        NumpyFiles.npz(Map.of("x", NumpyFiles.npy("<f4", "(2,)", floats(1, 2))), ZipEntry.STORED);
    // The array's magic is after the local header of 30 bytes and the name of 5; its last value
    // may change without a trace but for the check sum.
    int start = 35;
    int length = NumpyFiles.npy("<f4", "(2,)", floats(1, 2)).length;
    archive[start + length - 1] ^= 1;
    Path file = NumpyFiles.write(folder.resolve("a.npz"), archive);
    assertThatThrownBy(() -> NumpyArray.open(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("a.npz")
        .hasMessageContaining("check sum");
    Path cut = NumpyFiles.write(file, Arrays.copyOf(archive, archive.length / 2));
    assertThatThrownBy(() -> NumpyArray.open(cut))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("a.npz");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'descr': '|O', 'fortran_order': False, 'shape': (2,); Python objects",
        "'descr': '<c8', 'fortran_order': False, 'shape': (2,); '<c8'",
        "'descr': '<f16', 'fortran_order': False, 'shape': (2,); '<f16'",
        "'descr': [('a', '<f4'), ('b', '<i4')], 'fortran_order': False, 'shape': (2,); several"
            + " fields",
        "'descr': '<f4', 'fortran_order': False, 'shape': (1000000,); truncated",
        "'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296); larger than"
            + " any",
        "'descr': '<f4', 'fortran_order': False, 'shape': (0, 4294967296); larger than any",
        "'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,); too large",
        "'descr': '<f4', 'fortran_order': False, 'shape': (-2,); not negative",
        "'descr': '<f4', 'fortran_order': False, 'shape': (2, 0); holds nothing",
        "'descr': '<f4', 'fortran_order': False, 'shape': (); without axes",
        "'descr': '<f4', 'fortran_order': 0, 'shape': (2,); True or False",
        "'descr': '<f4', 'shape': (2,); lacks",
        "'descr': '<f4', 'descr': '<f8', 'shape': (2,); twice",
        "'descr: ; quotes",
        "'descr': [[; ends early"
      })
  void refusesHeadersThatCannotBeRead(String fields, String reason) {
    Path file = file(NumpyFiles.npy(1, "{" + fields + "}", ByteOrder.LITTLE_ENDIAN, floats(1, 2)));
    assertThatThrownBy(() -> NumpyArray.open(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("a.npy")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] whole = NumpyFiles.npy("<f4", "(2, 3)", floats(1, 2, 3, 4, 5, 6));
    for (int length = 0; length < whole.length; length++) {
      Path file = file(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> NumpyArray.open(file).close())
          .as("%d bytes", length)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("a.npy");
    }
    assertThat(Files.size(file(whole))).isEqualTo(whole.length);
    NumpyArray.open(folder.resolve("a.npy")).close();
  }

  @Test
  void refusesWhatIsNoArray() {
    Path text = file("a comma separated file\n1,2,3\n".getBytes());
    assertThatThrownBy(() -> NumpyArray.open(text)).hasMessageContaining("not a NumPy array");
    byte[] future = NumpyFiles.npy("<f4", "(2,)", floats(1, 2));
    future[6] = 9;
    assertThatThrownBy(() -> NumpyArray.open(file(future))).hasMessageContaining("version 9");
    assertThatThrownBy(() -> NumpyArray.open(folder.resolve("absent.npy")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("absent.npy does not exist");
    assertThatThrownBy(() -> NumpyArray.open(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("not a file");
    assertThatThrownBy(() -> NumpyArray.open(file(future), "x"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no .npz archive");
  }

  @Test
  void endsWithACancelledRunWhereItsThreadIsInterrupted() {
    Path file = file(NumpyFiles.npy("<f4", "(1,)", floats(1)));
    float[] value = new float[1];
    NumpyArray array = NumpyArray.open(file);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> array.readFloats(0, value)).isInstanceOf(RunCancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(() -> array.readFloats(0, value)).isInstanceOf(RunCancelledException.class);
    array.close();
    assertThatThrownBy(() -> array.readFloats(0, value))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a.npy is closed");
  }

  @Test
  void readsRowsAcrossManyChunks() {
    int rows = 100_003;
    Path file = folder.resolve("large.npy");
    float[] expected = new float[rows * 2];
    for (int index = 0; index < expected.length; index++) {
      expected[index] = index / 3f;
    }
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32, 2)) {
      writer.append(expected);
    }
    float[] read = new float[expected.length];
    Tensor tensor = Tensor.zeros(rows, 2);
    try (NumpyArray array = NumpyArray.open(file)) {
      array.readFloats(0, read);
      array.read(0, tensor);
    }
    assertThat(read).isEqualTo(expected);
    assertThat(tensor.row(rows - 1))
        .containsExactly(expected[expected.length - 2], expected[expected.length - 1]);
    assertThat(tensor.row(40_000)).containsExactly(expected[80_000], expected[80_001]);
  }

  @Test
  void unpacksNoMoreOfAnArchiveThanTheArray() {
    byte[] array = NumpyFiles.npy("<f4", "(2,)", floats(1, 2));
    byte[] followed = Arrays.copyOf(array, 40_000_000);
    byte[] archive = NumpyFiles.npz(Map.of("x", followed), ZipEntry.DEFLATED);
    Path file = NumpyFiles.write(folder.resolve("a.npz"), archive);
    assertThat(archive).as("a small file").hasSizeLessThan(100_000);
    assertThatThrownBy(() -> NumpyArray.open(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("a.npz", "more follows than the " + array.length + " bytes");
  }

  @Test
  void checksTheSizeOfAnArchivedArrayBeforeItIsUnpacked() {
    byte[] array = NumpyFiles.npy("<f4", "(9000000000000000,)", floats(1, 2));
    Path file =
        NumpyFiles.write(
            folder.resolve("a.npz"), NumpyFiles.npz(Map.of("x", array), ZipEntry.DEFLATED));
    assertThatThrownBy(() -> NumpyArray.open(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("a.npz:x", "truncated");
  }

  @Test
  void readsHalfFloats() {
    int[] bits = {0x0000, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x0001, 0x03ff, 0x0400, 0x7c00, 0x7e00};
    byte[] array =
        NumpyFiles.npy(
            "<f2",
            "(10,)",
            buffer -> Arrays.stream(bits).forEach(value -> buffer.putShort((short) value)));
    try (NumpyArray opened = NumpyArray.open(NumpyFiles.write(folder.resolve("h.npy"), array))) {
      float[] values = new float[10];
      opened.readFloats(0, values);
      assertThat(values)
          .containsExactly(
              0f,
              -0f,
              1f,
              -2f,
              65504f,
              0x1p-24f,
              1023 * 0x1p-24f,
              0x1p-14f,
              Float.POSITIVE_INFINITY,
              Float.NaN);
      assertThat(opened.type().floating()).isTrue();
    }
  }

  @Test
  void readsUnsignedNumbersInRange() {
    byte[] array =
        NumpyFiles.npy("<u8", "(2,)", buffer -> buffer.putLong(7).putLong(Long.MIN_VALUE));
    try (NumpyArray opened = NumpyArray.open(NumpyFiles.write(folder.resolve("u.npy"), array))) {
      long[] first = new long[1];
      opened.readLongs(0, first);
      assertThat(first).containsExactly(7);
      assertThatThrownBy(() -> opened.readLongs(0, new long[2]))
          .isInstanceOf(BadInputException.class)
          .hasMessageContainingAll("9223372036854775808", "row 1");
      float[] values = new float[2];
      opened.readFloats(0, values);
      assertThat(values).containsExactly(7f, 0x1p63f);
    }
  }
}
