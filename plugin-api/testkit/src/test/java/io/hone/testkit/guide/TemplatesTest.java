package io.hone.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.host.newplugin.NewPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trainer that {@code hone new-plugin} writes rests on the same classes as the guide's. */
class TemplatesTest {
  @ParameterizedTest
  @ValueSource(strings = {"LinearNetwork", "LinearOnnx"})
  void aNewTrainerHasTheClassesOfTheGuide(String name) throws IOException {
    String guide =
        Files.readString(Path.of("src/test/java/io/hone/testkit/guide/" + name + ".java"));
    try (InputStream template =
        NewPlugin.class.getResourceAsStream("project/trainer/" + name + ".java.template")) {
      assertThat(new String(template.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(guide.replace("package io.hone.testkit.guide;", "package {{package}};"));
    }
  }
}
