package io.hone.numpy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelTypeTest {
  @TempDir Path folder;

  private void assertRefused(byte[] content, String... words) {
    Path file = NumpyFiles.write(folder.resolve("a.npy"), content);
    try (NumpyArray array = NumpyArray.open(file)) {
      assertThatThrownBy(() -> PixelType.check(array))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("a.npy")
          .hasMessageContainingAll(words);
    }
  }

  private static byte[] shorts(String type, int... values) {
    return NumpyFiles.npy(
        type,
        "(" + values.length + ",)",
        buffer -> {
          for (int value : values) {
            buffer.putShort((short) value);
          }
        });
  }

  @Test
  void advisesAConversionThatKeepsTheValues() {
    assertRefused(shorts("<u2", 0, 1), "u2", "from 0 to 1: if 1 is white", "astype('float32')");
    assertRefused(shorts("<i2", 3, 200), "from 3 to 200: if 255 is white", "astype('uint8')");
    assertRefused(shorts("<u2", 0, 4000), "astype('float32') / 4095 if 4095 is white");
    assertRefused(shorts("<u2", 7, 60_000), "from 7 to 60000", "astype('float32') / 65535");
    assertRefused(shorts("<i2", -300, 9), "from -300 to 9", "bring black to 0", "negative");
    byte[] signed = NumpyFiles.npy("|i1", "(2,)", buffer -> buffer.put(new byte[] {-128, 127}));
    assertRefused(signed, "i1", "from -128 to 127", "(array.astype('int16') + 128)");
    byte[] flags = NumpyFiles.npy("|b1", "(2,)", buffer -> buffer.put(new byte[] {0, 1}));
    assertRefused(flags, "b1", "array.astype('float32')");
    byte[] large = NumpyFiles.npy("<i8", "(1,)", buffer -> buffer.putLong(100_000));
    assertRefused(large, "/ WHITE");
    assertRefused(shorts("<u2"), "u2", "array.astype('float32')");
  }
}
