package io.hone.api.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  /** FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void everyFormOfTheSameBytesHasTheSameSum(@TempDir Path folder) throws IOException {
    byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("abc"), bytes);

    assertThat(Sha256.of("abc")).isEqualTo(ABC);
    assertThat(Sha256.of(file)).isEqualTo(ABC);
    assertThat(new Sha256().add(bytes).hex()).isEqualTo(ABC);
    assertThat(new Sha256().add(file).hex()).isEqualTo(ABC);
    assertThat(new Sha256().add(new ByteArrayInputStream(bytes)).hex()).isEqualTo(ABC);
  }

  @Test
  void aFileOfManyChunksIsReadWhole(@TempDir Path folder) throws IOException {
    byte[] bytes = new byte[(1 << 17) + 1];
    bytes[bytes.length - 1] = 1;
    Path file = Files.write(folder.resolve("large"), bytes);

    assertThat(Sha256.of(file)).isEqualTo(new Sha256().add(bytes).hex());
  }

  @Test
  void textsThatFollowEachOtherAreKeptApart() {
    assertThat(new Sha256().add("ab").add("c").hex())
        .isNotEqualTo(new Sha256().add("a").add("bc").hex());
  }

  @Test
  void startsAnewOnceItWasAsked() {
    Sha256 sum = new Sha256().add("abc");
    sum.hex();

    assertThat(sum.hex()).isEqualTo(NOTHING);
  }
}
