package io.hone.learning.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.train.RefusedChoiceException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No engine is installed where these tests run. */
class EnginesTest {
  @Test
  void tellsHowToInstallAnEngineOfHone() {
    assertThatThrownBy(() -> Engines.find(Optional.of("dl4j")))
        .isInstanceOf(RefusedChoiceException.class)
        .hasFieldOrPropertyWithValue("key", "engine")
        .hasMessageStartingWith("train.engine: there is no engine 'dl4j'; none is installed")
        .hasMessageContaining(
            "the engine 'dl4j' is part of hone-dl4j, which is not installed: copy lib/dl4j from a"
                + " full distribution of Hone, or add io.hone:hone-dl4j to the class path");
  }

  @Test
  void theUsualEngineIsOnnxRuntime() {
    assertThatThrownBy(() -> Engines.find(Optional.empty()))
        .isInstanceOf(RefusedChoiceException.class)
        .hasMessageContaining("no engine 'onnxruntime'")
        .hasMessageContaining("add io.hone:hone-onnxruntime to the class path");
  }

  @Test
  void anEngineThatHoneDoesNotHaveIsNotPromised() {
    assertThatThrownBy(() -> Engines.find(Optional.of("tensorflow")))
        .isInstanceOf(RefusedChoiceException.class)
        .hasMessageContaining("no engine 'tensorflow'; none is installed")
        .hasMessageNotContaining("class path");
  }
}
