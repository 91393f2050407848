package io.hone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that lacks one of Hone's modules learns which. Here that is Deeplearning4j and the
 * plugin of Carlini and Wagner's attacks.
 */
class MissingModulesTest {
  private static Hone hone;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    hone = Hone.open();
  }

  @AfterAll
  static void close() {
    hone.close();
  }

  @Test
  void namesTheModuleOfAnAttack() {
    assertThatThrownBy(() -> hone.attack("cw-l2", Map.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no attack 'cw-l2'")
        .hasMessageContaining("add io.hone:hone-optimization-attacks to the class path");
  }

  @Test
  void namesTheModuleOfABackend() throws IOException {
    Path scenario =
        write(
            """
            hone: 1
            name: other-backend
            dataset: {use: mnist, with: {split: test}, take: 2}
            model: {card: %s, backend: {use: dl4j}}
            steps: [{id: fgsm, attack: {use: fgsm}}]
            """
                .formatted(Digits.LENET));

    assertThatThrownBy(() -> hone.run(scenario))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("there is no backend 'dl4j'")
        .hasMessageContaining("copy lib/dl4j from a full distribution");
  }

  @Test
  void namesTheModuleOfAnEngineOfTrainings() throws IOException {
    Path training =
        write(
            """
            hone: 1
            name: small
            train: {use: classifier, engine: dl4j}
            data: {dataset: {use: mnist, with: {split: test}, take: 20}}
            out: small
            """);

    assertThatThrownBy(() -> hone.train(training))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("there is no engine 'dl4j'; installed are onnxruntime")
        .hasMessageContaining("add io.hone:hone-dl4j to the class path");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("scenario.yaml"), text);
  }
}
