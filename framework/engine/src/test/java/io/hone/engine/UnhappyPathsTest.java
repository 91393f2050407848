package io.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.api.run.Run;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunServices;
import io.hone.engine.context.Silence;
import io.hone.engine.model.ModelLibrary;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.scenario.Scenario;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run opened is closed, however the run ends. */
class UnhappyPathsTest {
  private static final Path HANDLES = Path.of("/proc/self/fd");

  @TempDir Path folder;

  private static Scenario scenario(EngineFixture engine, String dataset, String attack)
      throws IOException {
    return engine.scenario(
        """
        hone: 1
        name: leak
        dataset: {use: open-file, with: %s}
        model: {card: linear.model}
        steps: [{id: hold, attack: {use: holder, with: %s}}]
        """
            .formatted(dataset, attack));
  }

  @Test
  void validationsAndFailedRunsLeaveNoFileOpen() throws IOException {
    assumeTrue(Files.isDirectory(HANDLES));
    EngineFixture engine = new EngineFixture(folder);
    Scenario sound = scenario(engine, "{}", "{}");
    List<Scenario> refused =
        List.of(
            scenario(engine, "{size: 0}", "{}"),
            scenario(engine, "{shift: 9}", "{}"),
            scenario(engine, "{}", "{refuses: true}"));
    Scenario failing = scenario(engine, "{}", "{fails: true}");
    try (ModelLibrary models = new ModelLibrary(EngineComponents.registry())) {
      ScenarioRunner runner = new ScenarioRunner(models);
      long before = 0;
      for (int round = 0; round < 42; round++) {
        if (round == 2) {
          before = handles();
        }
        RunOptions options =
            engine.options("out", Existing.REPLACE, new Cancellation(), units -> {});
        runner.validate(sound, options);
        for (Scenario scenario : refused) {
          assertThatThrownBy(() -> runner.validate(scenario, options)).isNotNull();
          assertThatThrownBy(() -> runner.run(scenario, options)).isNotNull();
        }
        assertThat(runner.run(failing, options).summary().error()).contains("out of ideas");
      }
      assertThat(handles()).as("files open after 40 rounds").isLessThan(before + 20);
    }
  }

  private static long handles() throws IOException {
    try (Stream<Path> files = Files.list(HANDLES)) {
      return files.count();
    }
  }

  @Test
  void aValueCanBeMadeOfOthersButNotOfItself() throws Exception {
    List<String> closed = new ArrayList<>();
    try (ModelLibrary models = new ModelLibrary(EngineComponents.registry())) {
      RunServices services =
          new RunServices(
              1,
              1,
              folder,
              folder,
              models,
              Silence.INSTANCE,
              new Cancellation(),
              new SimpleMeterRegistry());
      Run run = services.forStep("step", "step");
      AutoCloseable whole =
          run.once(
              "Aa",
              () -> {
                AutoCloseable part = run.once("BB", () -> () -> closed.add("part"));
                assertThat(part).isNotNull();
                return () -> closed.add("whole");
              });
      assertThat(run.<AutoCloseable>once("Aa", () -> () -> {})).isSameAs(whole);
      assertThatThrownBy(() -> run.once("self", () -> run.once("self", () -> "never")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Run.once(\"self\") is called while");
      assertThat(run.<String>once("self", () -> "later")).isEqualTo("later");
      services.close();
    }
    assertThat(closed).containsExactly("whole", "part");
  }
}
