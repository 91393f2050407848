package io.hone.engine.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.EngineFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultDiffTest {
  @TempDir Path folder;

  @Test
  void namesTheLineOfATableThatDiffers() throws Exception {
    EngineFixture engine = new EngineFixture(folder);
    engine.run(engine.scenario(EngineFixture.CHAIN), "one");
    engine.run(engine.scenario(EngineFixture.CHAIN), "other");
    Path table = folder.resolve("other/samples.csv");
    List<String> lines = Files.readAllLines(table);
    lines.set(2, "edited");
    Files.write(table, lines);

    assertThat(new ResultDiff(folder.resolve("one"), folder.resolve("other")).differences())
        .singleElement()
        .asString()
        .startsWith("samples.csv line 3: ")
        .endsWith(" / edited");
  }
}
