package io.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.run.Progress;
import io.hone.engine.context.Cancellation;
import io.hone.engine.progress.RunProgress;
import io.hone.engine.progress.UnitWatch;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.SummaryFile;
import io.hone.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long work is never silent: what it will cost is told before, how far it is while it goes on. */
class LongWorkTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @TempDir Path folder;

  private final AtomicLong clock = new AtomicLong();
  private final Shown shown = new Shown();

  private static final class Shown implements Progress {
    private final List<String> words = new ArrayList<>();
    private long advanced;
    private Optional<Duration> left = Optional.empty();

    @Override
    public void advance(long units) {
      advanced += units;
    }

    @Override
    public void describe(String state) {
      words.add(state);
    }

    @Override
    public void expect(Optional<Duration> rest) {
      left = rest;
    }

    @Override
    public void close() {}
  }

  private RunProgress progress(OptionalLong first, OptionalLong second) throws IOException {
    Scenario scenario =
        new EngineFixture(folder)
            .scenario(EngineFixture.CHAIN.replaceAll("(?m)^  - \\{id: darken.*\n", ""));
    return new RunProgress(shown, scenario.steps(), List.of(first, second), 100, 1, clock::get);
  }

  @Test
  void progressMovesWithinAStepByItsQueries() throws IOException {
    UnitWatch unit = progress(OptionalLong.of(10), OptionalLong.empty()).unit(20);
    unit.begin(0);
    clock.addAndGet(SECOND);
    unit.asked(100);

    assertThat(shown.advanced).as("100 of 200 queries").isEqualTo(10);
    assertThat(shown.words).last().isEqualTo("step push, 100 queries, 100 a second");
    unit.asked(5_000);
    assertThat(shown.advanced).as("the last sample waits for the end").isEqualTo(19);
    unit.end(true);
    assertThat(shown.advanced).isEqualTo(20);
  }

  @Test
  void queriesThatNobodyForetoldAreLearntFromTheFirstUnit() throws IOException {
    RunProgress progress = progress(OptionalLong.empty(), OptionalLong.empty());
    UnitWatch first = progress.unit(20);
    first.begin(0);
    first.asked(200);
    assertThat(shown.advanced).isZero();
    first.end(true);
    UnitWatch second = progress.unit(20);
    second.begin(0);
    second.asked(50);
    assertThat(shown.advanced).isEqualTo(25);
  }

  @Test
  void theTimeLeftCountsEachStepAtItsOwnPace() throws IOException {
    RunProgress progress = progress(OptionalLong.empty(), OptionalLong.empty());
    UnitWatch unit = progress.unit(10);
    unit.begin(0);
    clock.addAndGet(SECOND);
    unit.end(true);
    assertThat(shown.left).as("the second step was never seen").isEmpty();
    unit.begin(1);
    clock.addAndGet(100 * SECOND);
    unit.end(true);
    assertThat(shown.left).contains(Duration.ofSeconds(9 + 900));
  }

  @Test
  void whatAnotherProcessFinishedCountsAsDoneButTellsNoPace() throws IOException {
    UnitWatch unit = progress(OptionalLong.empty(), OptionalLong.empty()).unit(10);
    unit.begin(0);
    unit.end(false);
    assertThat(shown.advanced).isEqualTo(10);
    assertThat(shown.left).isEmpty();
  }

  @Test
  void aCostlyImproverIsToldBeforehandWithCheaperOnes() throws IOException {
    EngineFixture engine = new EngineFixture(folder);
    engine.run(
        engine.scenario(
            EngineFixture.CHAIN.replace("improve: {use: restore}", "improve: {use: slow}")),
        "slow");

    assertThat(engine.notices)
        .singleElement()
        .asString()
        .contains("step restore takes about 6,000 queries a sample of 1x3x4")
        .contains("for 100 samples")
        .endsWith("much cheaper: restore (13)");
    assertThat(SummaryFile.read(folder.resolve("slow")).notices())
        .as("times differ from run to run")
        .isEmpty();

    engine.notices.clear();
    engine.run(engine.scenario(EngineFixture.CHAIN), "quick");
    assertThat(engine.notices).isEmpty();
  }

  @Test
  void aBudgetBoundsWhatIsForetold() throws IOException {
    EngineFixture engine = new EngineFixture(folder);
    engine.run(
        engine.scenario(
            EngineFixture.CHAIN.replace(
                "improve: {use: restore}", "improve: {use: slow}, queries: 50")),
        "slow");
    assertThat(engine.notices).isEmpty();
  }

  @Test
  void aRunSaysWhichStepItIsAt() throws IOException {
    EngineFixture engine = new EngineFixture(folder);
    engine.run(
        engine.scenario(EngineFixture.CHAIN),
        "out",
        Existing.REFUSE,
        new Cancellation(),
        units -> {});
    assertThat(engine.states)
        .anyMatch(state -> state.startsWith("step push"))
        .anyMatch(state -> state.startsWith("step restore, "))
        .anyMatch(state -> state.startsWith("step darken@push"));
  }
}
