package io.hone.host.component;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PixelSizeTest {
  @ParameterizedTest
  @CsvSource({
    "8/255, 0.03137254901960784",
    "8px, 0.03137254901960784",
    "76.5 px, 0.3",
    "1 / 4, 0.25",
    ".5px, 0.00196078431372549"
  })
  void readsFractionsAndGreyValues(String text, double size) {
    assertThat(PixelSize.parse(text)).hasValue(size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.3", "8", "8/0", "-8/255", "8 pixels", "px", "1/2/3", "8/255px"})
  void readsNothingElse(String text) {
    assertThat(PixelSize.parse(text)).isEmpty();
  }
}
