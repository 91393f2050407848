package io.hone.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataFolderTest {
  @Test
  void isTheOneGiven() {
    assertThat(DataFolder.of(Optional.of(Path.of("mine", "..", "digits"))))
        .isEqualTo(Path.of("digits").toAbsolutePath());
  }

  @Test
  void isSomewhereEvenWhereNoneIsGiven() {
    assertThat(DataFolder.of(Optional.empty())).isAbsolute();
  }
}
