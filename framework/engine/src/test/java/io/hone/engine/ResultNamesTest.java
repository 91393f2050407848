package io.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.engine.results.Status;
import io.hone.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that no file can have are found before the run, not when its results are written. */
class ResultNamesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"name", "path"})
  void aResultFolderThatNoFileSystemTakes(String kind) throws IOException {
    EngineFixture engine = new EngineFixture(folder);
    Scenario scenario = engine.scenario(EngineFixture.CHAIN);
    String out =
        kind.equals("name")
            ? "\u00E9".repeat(130)
            : String.join("/", Collections.nCopies(40, "x".repeat(101)));

    assertThatThrownBy(() -> engine.run(scenario, out))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("file systems take at most " + (kind.equals("name") ? 255 : 4095))
        .hasMessageContaining("choose a shorter --out");
    assertThat(folder).isDirectoryNotContaining(path -> path.toFile().isDirectory());
  }

  @Test
  void aStepWhoseVariantMakesTooLongAName() throws IOException {
    String id = "a".repeat(60);
    String yaml =
        EngineFixture.CHAIN
                .replace("id: push", "id: " + id)
                .replace("[clean, push, restore]", "[clean, " + id + ", restore]")
            + "matrix: {steps."
            + id
            + ".attack.with.doubt: ["
            + "b".repeat(200)
            + ", none]}\n";
    EngineFixture engine = new EngineFixture(folder);
    Scenario scenario = engine.scenario(yaml);

    assertThatThrownBy(() -> engine.run(scenario, "out"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("scenario.yaml:8:")
        .hasMessageContaining("cannot be saved")
        .hasMessageContaining("save: none");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(engine.run(engine.scenario(yaml, "save=none"), "out").status())
        .isEqualTo(Status.COMPLETED);
  }
}
