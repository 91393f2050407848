package io.hone.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.EngineComponents;
import io.hone.engine.EngineFixture;
import io.hone.engine.RunResult;
import io.hone.engine.context.Cancellation;
import io.hone.engine.results.ResultDiff;
import io.hone.engine.results.ResultFolder;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.Status;
import io.hone.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interruption in the middle of a unit loses none of its finished steps. */
class FinishedStepsTest {
  private static final String CHAIN =
      EngineFixture.CHAIN
          .replace("attack: {use: push}", "attack: {use: recorded}")
          .replace(
              "  - {id: darken",
              "  - {id: again, improve: {use: restore}}\n"
                  + "  - {id: marks, attack: {use: idle}, samples: all}\n"
                  + "  - {id: darken")
          .replace("batch: 16, threads: 2", "batch: 100, threads: 1");

  @TempDir Path folder;

  private EngineFixture engine;
  private Scenario scenario;

  @BeforeEach
  void reference() throws IOException {
    EngineComponents.Recorded.reset();
    engine = new EngineFixture(folder);
    scenario = engine.scenario(CHAIN);
    engine.run(scenario, "reference");
    assertThat(EngineComponents.Recorded.attacked()).isEqualTo(85);
  }

  @AfterEach
  void reset() {
    EngineComponents.Recorded.reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aCancelledUnitGoesOnWithTheStepItWasAt(int finished) throws IOException {
    cancelAfter(scenario, finished * 100L);
    assertThat(steps()).hasSize(finished);

    // A smaller batch than before, as after too little memory.
    EngineComponents.Recorded.reset();
    AtomicLong advanced = new AtomicLong();
    RunResult resumed =
        engine.run(
            engine.scenario(CHAIN, "run.batch=7", "run.threads=2"),
            "out",
            Existing.RESUME,
            new Cancellation(),
            advanced::addAndGet);

    assertThat(EngineComponents.Recorded.attacked()).as("attacked again").isZero();
    assertThat(resumed.status()).isEqualTo(Status.COMPLETED);
    assertThat(new ResultDiff(folder.resolve("reference"), folder.resolve("out")).differences())
        .isEmpty();
    assertThat(resumed.summary().notices())
        .as("what was told of samples that are not attacked again")
        .contains("some samples are recorded", "the first samples are recorded");
    assertThat(advanced.get()).as("samples times steps").isEqualTo(700);
    assertThat(folder.resolve("out").resolve(ResultFolder.JOURNAL)).doesNotExist();
  }

  @Test
  void aUnitMayBeInterruptedTwiceAndDividedOtherwiseEachTime() throws IOException {
    cancelAfter(scenario, 200);
    EngineComponents.Recorded.reset();
    Cancellation cancellation = new Cancellation();
    AtomicLong done = new AtomicLong();
    engine.run(
        engine.scenario(CHAIN, "run.batch=30"),
        "out",
        Existing.RESUME,
        cancellation,
        units -> {
          if (done.addAndGet(units) > 400) {
            cancellation.cancel();
          }
        });
    RunResult resumed =
        engine.run(
            engine.scenario(CHAIN, "run.batch=64"),
            "out",
            Existing.RESUME,
            new Cancellation(),
            units -> {});

    assertThat(resumed.status()).isEqualTo(Status.COMPLETED);
    assertThat(EngineComponents.Recorded.attacked()).as("attacked again").isZero();
    assertThat(new ResultDiff(folder.resolve("reference"), folder.resolve("out")).differences())
        .isEmpty();
  }

  @Test
  void aFailingStepLeavesWhatCameBeforeIt() throws IOException {
    String later = CHAIN.replace("again, improve: {use: restore}", "again, improve: {use: sound}");
    Scenario sound = engine.scenario(later);
    engine.run(sound, "sound");
    EngineComponents.Recorded.soundFails();
    RunResult failed = engine.run(sound, "out");
    assertThat(failed.status()).isEqualTo(Status.FAILED);
    assertThat(steps()).hasSize(2);

    EngineComponents.Recorded.reset();
    RunResult resumed = engine.run(sound, "out", Existing.RESUME, new Cancellation(), units -> {});
    assertThat(EngineComponents.Recorded.attacked()).isZero();
    assertThat(resumed.status()).isEqualTo(Status.COMPLETED);
    assertThat(new ResultDiff(folder.resolve("sound"), folder.resolve("out")).differences())
        .isEmpty();
  }

  private void cancelAfter(Scenario cancelled, long samplesTimesSteps) throws IOException {
    Cancellation cancellation = new Cancellation();
    AtomicLong done = new AtomicLong();
    RunResult result =
        engine.run(
            cancelled,
            "out",
            Existing.REFUSE,
            cancellation,
            units -> {
              if (done.addAndGet(units) >= samplesTimesSteps) {
                cancellation.cancel();
              }
            });
    assertThat(result.status()).isEqualTo(Status.CANCELLED);
  }

  private List<Path> steps() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out").resolve(ResultFolder.JOURNAL))) {
      return files.filter(file -> file.toString().endsWith(".step")).toList();
    }
  }
}
