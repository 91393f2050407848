package io.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hone.api.BadInputException;
import io.hone.engine.context.Cancellation;
import io.hone.engine.model.ModelLibrary;
import io.hone.engine.results.FolderLock;
import io.hone.engine.results.ResultDiff;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.Status;
import io.hone.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs never share a result folder, however the second one is started. */
class OneOwnerTest {
  @TempDir Path folder;

  @Test
  void aSecondRunIsRefusedAndChangesNothing() throws IOException {
    EngineFixture engine = new EngineFixture(folder);
    Scenario scenario = engine.scenario(EngineFixture.CHAIN);
    engine.run(scenario, "reference");

    List<Throwable> refusals = new ArrayList<>();
    AtomicBoolean tried = new AtomicBoolean();
    RunResult first =
        engine.run(
            scenario,
            "out",
            Existing.REFUSE,
            new Cancellation(),
            units -> {
              if (tried.compareAndSet(false, true)) {
                for (Existing existing : Existing.values()) {
                  refusals.add(
                      catchThrowable(
                          () ->
                              engine.run(
                                  scenario, "out", existing, new Cancellation(), none -> {})));
                }
              }
            });

    assertThat(refusals)
        .hasSize(3)
        .allSatisfy(
            refusal ->
                assertThat(refusal)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("is in use by another run in this process"));
    assertThat(first.status()).isEqualTo(Status.COMPLETED);
    assertThat(new ResultDiff(folder.resolve("reference"), folder.resolve("out")).differences())
        .isEmpty();
    assertThat(folder.resolve("out").resolve(FolderLock.FILE)).doesNotExist();
  }

  @Test
  void whatIsWrittenBesideTheResultsIsWrittenByTheOwner() throws IOException {
    EngineFixture engine = new EngineFixture(folder);
    List<Throwable> refusals = new ArrayList<>();
    try (ModelLibrary models = new ModelLibrary(EngineComponents.registry())) {
      Scenario scenario = engine.scenario(EngineFixture.CHAIN);
      RunOptions options = engine.options("out", Existing.REPLACE, new Cancellation(), units -> {});
      ScenarioRunner runner = new ScenarioRunner(models);
      runner.run(
          scenario,
          options,
          result -> refusals.add(catchThrowable(() -> runner.run(scenario, options))));
    }

    assertThat(refusals).singleElement().isInstanceOf(BadInputException.class);
  }
}
