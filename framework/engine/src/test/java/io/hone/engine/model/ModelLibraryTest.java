package io.hone.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.host.component.ComponentRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLibraryTest {
  private static final String CARD =
      """
      file: model.onnx
      sha256: "%s"
      task: image-to-image
      input: {channels: 1, height: 2, width: 2}
      output: {kind: image}
      """;

  @TempDir Path folder;

  @Test
  void fingerprintChangesWithEveryModelAskedForButNotWithTheirOrder() throws IOException {
    ModelReference first = model("first", "aa");
    ModelReference second = model("second", "bb");
    assertThat(fingerprint()).isNotEqualTo(fingerprint(first));
    assertThat(fingerprint(first)).isNotEqualTo(fingerprint(second));
    assertThat(fingerprint(first, second))
        .isEqualTo(fingerprint(second, first))
        .isNotEqualTo(fingerprint(first));
    String before = fingerprint(first, second);
    model("second", "cc");
    assertThat(fingerprint(first, second)).as("second made anew").isNotEqualTo(before);
  }

  @Test
  void namesTheModuleOfABackendThatIsMissing() throws IOException {
    ModelReference model = model("first", "aa");
    try (ModelLibrary library = new ModelLibrary(new ComponentRegistry(List.of()))) {
      ModelCard card = library.card(model);

      assertThatThrownBy(() -> library.backend(card, Optional.empty()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("installed backends: none")
          .hasMessageContaining("the backend 'dl4j' is part of hone-dl4j, which is not installed");
    }
  }

  private ModelReference model(String name, String sha256) throws IOException {
    Path model = Files.createDirectories(folder.resolve(name));
    Files.writeString(model.resolve("model.onnx"), sha256);
    Files.writeString(model.resolve("model.yaml"), CARD.formatted(sha256));
    return new ModelReference(model);
  }

  private static String fingerprint(ModelReference... asked) {
    try (ModelLibrary library = new ModelLibrary(new ComponentRegistry(List.of()))) {
      for (ModelReference model : asked) {
        library.card(model);
      }
      return library.fingerprint();
    }
  }
}
