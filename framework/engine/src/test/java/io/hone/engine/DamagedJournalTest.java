package io.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.engine.context.Cancellation;
import io.hone.engine.results.ResultDiff;
import io.hone.engine.results.ResultFolder;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.Status;
import io.hone.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever became of a journal, a resumed run ends with the results of an undisturbed one. */
class DamagedJournalTest {
  /** More in a campaign: framework/bench/README.md has the command. */
  private static final int JOURNALS = Integer.getInteger("hone.campaign.journals", 20);

  @TempDir static Path folder;

  private static EngineFixture engine;
  private static Scenario scenario;

  @BeforeAll
  static void interrupt() throws IOException {
    engine = new EngineFixture(folder);
    scenario = engine.scenario(EngineFixture.CHAIN);
    engine.run(scenario, "reference");
    interrupt(engine.scenario(EngineFixture.CHAIN, "run.threads=1"), "interrupted");
  }

  @BeforeEach
  void forget() {
    engine.notices.clear();
  }

  /** Leaves a journal of some units, and of finished steps of units that are not finished. */
  private static void interrupt(Scenario interrupted, String out) throws IOException {
    Cancellation cancellation = new Cancellation();
    AtomicLong done = new AtomicLong();
    engine.run(
        interrupted,
        out,
        Existing.REFUSE,
        cancellation,
        units -> {
          if (done.addAndGet(units) > 280) {
            cancellation.cancel();
          }
        });
  }

  @Test
  void everyDamageEndsInTheSameResults() throws IOException {
    Path other = folder.resolve("divided-otherwise");
    interrupt(engine.scenario(EngineFixture.CHAIN, "run.batch=12"), other.toString());
    Path foreign = folder.resolve("foreign");
    interrupt(engine.scenario(EngineFixture.CHAIN, "seed=4"), foreign.toString());
    assertThat(files(folder.resolve("interrupted")))
        .as("records of units and of steps")
        .anyMatch(file -> file.toString().endsWith(".unit"))
        .anyMatch(file -> file.toString().endsWith(".step"));

    JournalDamage damage = new JournalDamage(List.of(journal(other), journal(foreign)));
    for (int seed = 0; seed < JOURNALS; seed++) {
      Path out = copy("damaged-" + seed);
      List<String> done = damage.apply(journal(out), new Random(seed));
      RunResult result = resume(scenario, out);

      assertThat(result.status()).as("seed %d: %s", seed, done).isEqualTo(Status.COMPLETED);
      assertThat(new ResultDiff(folder.resolve("reference"), out).differences())
          .as("seed %d: %s", seed, done)
          .isEmpty();
      assertThat(journal(out)).as("seed %d: %s", seed, done).doesNotExist();
    }
    System.out.printf("campaign: %d damaged journals; %d equal%n", JOURNALS, JOURNALS);
  }

  @Test
  void aDamagedRecordIsNamedWithItsSamples() throws IOException {
    Path out = copy("flipped");
    Path unit = unit(out, 0);
    byte[] bytes = Files.readAllBytes(unit);
    bytes[bytes.length / 2] ^= 4;
    Files.write(unit, bytes);

    resume(scenario, out);
    assertThat(engine.notices)
        .singleElement()
        .asString()
        .contains(unit.getFileName().toString())
        .contains("samples at positions 0 to 15", "check sum", "computed again");
  }

  @Test
  void exchangedUnitsAreComputedAgain() throws IOException {
    Path out = copy("exchanged");
    Path first = unit(out, 0);
    Path second = unit(out, 1);
    byte[] content = Files.readAllBytes(first);
    Files.write(first, Files.readAllBytes(second));
    Files.write(second, content);

    resume(scenario, out);
    assertThat(engine.notices)
        .hasSize(2)
        .allMatch(notice -> notice.contains("which its name does not say"));
    assertThat(new ResultDiff(folder.resolve("reference"), out).differences()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "\0\0\0\0"})
  void aDamagedIdentityLosesNothingThatIsWhole(String identity) throws IOException {
    Path out = copy("identity-" + identity.length());
    Files.writeString(journal(out).resolve("identity"), identity);
    AtomicLong computed = new AtomicLong();
    engine.run(scenario, out.toString(), Existing.RESUME, new Cancellation(), computed::addAndGet);

    assertThat(computed.get()).as("samples times steps").isLessThan(500).isPositive();
    assertThat(new ResultDiff(folder.resolve("reference"), out).differences()).isEmpty();
  }

  @Test
  void aJournalOfAnotherRunIsRefusedEvenIfItsIdentityIsDamaged() throws IOException {
    Path out = copy("another");
    Files.writeString(journal(out).resolve("identity"), "");
    Scenario other = engine.scenario(EngineFixture.CHAIN, "seed=4");

    assertThatThrownBy(() -> resume(other, out))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("another scenario");
    assertThat(files(out)).isNotEmpty();
  }

  @Test
  void aJournalOfTheFirstFormatIsToldPlainlyAndKept() throws IOException {
    Path out = copy("first-format");
    Files.writeString(journal(out).resolve("identity"), "0123456789abcdef".repeat(4));
    List<Path> before = files(out);

    assertThatThrownBy(() -> resume(scenario, out))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("another version of Hone")
        .hasMessageContaining("--overwrite");
    assertThat(files(out)).isEqualTo(before);
  }

  @Test
  void whatIsDamagedWhileTheRunGoesOnIsAnErrorThatResumingPutsRight() throws IOException {
    Path out = copy("meanwhile");
    Path unit = unit(out, 0);
    assertThatThrownBy(
            () ->
                engine.run(
                    scenario,
                    out.toString(),
                    Existing.RESUME,
                    new Cancellation(),
                    units -> truncate(unit)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("samples at positions 0 to 15")
        .hasMessageContaining("--resume");

    resume(scenario, out);
    assertThat(new ResultDiff(folder.resolve("reference"), out).differences()).isEmpty();
  }

  private static void truncate(Path file) {
    try {
      Files.write(file, new byte[3]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private RunResult resume(Scenario resumed, Path out) throws IOException {
    return engine.run(resumed, out.toString(), Existing.RESUME, new Cancellation(), units -> {});
  }

  private Path copy(String name) throws IOException {
    Path target = folder.resolve(name);
    Files.createDirectories(journal(target));
    for (Path file : files(folder.resolve("interrupted"))) {
      Files.copy(file, journal(target).resolve(file.getFileName()));
    }
    return target;
  }

  private static Path journal(Path out) {
    return out.resolve(ResultFolder.JOURNAL);
  }

  private static Path unit(Path out, int index) throws IOException {
    return files(out).stream()
        .filter(file -> file.toString().endsWith(".unit"))
        .toList()
        .get(index);
  }

  private static List<Path> files(Path out) throws IOException {
    try (Stream<Path> files = Files.list(journal(out))) {
      return new ArrayList<>(files.sorted().toList());
    }
  }
}
