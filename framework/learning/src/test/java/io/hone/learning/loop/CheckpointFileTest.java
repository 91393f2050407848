package io.hone.learning.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.learning.engine.LearnerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFileTest {
  private static final Map<String, String> FINGERPRINT = fingerprint();

  @TempDir Path folder;

  private static Map<String, String> fingerprint() {
    Map<String, String> sums = new LinkedHashMap<>();
    for (String name :
        List.of("engine", "shards", "network", "parameters", "seed", "training examples")) {
      sums.put(name, "sum of " + name);
    }
    return sums;
  }

  private static Checkpoint checkpoint() {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    arrays.put("second", new float[] {1.5f, -2, Float.MIN_VALUE});
    arrays.put("first", new float[] {});
    arrays.put("third", new float[] {Float.MAX_VALUE});
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("training_loss", 0.75);
    values.put("validation_accuracy", 1.0 / 3);
    return new Checkpoint(
        new LearnerState(arrays, 5_000_000_000L),
        Map.of("second", new float[] {0.25f, 3, -0.5f}),
        List.of(new EpochFigures(0.5, values), new EpochFigures(0.625, Map.of())));
  }

  private CheckpointFile keeper(Map<String, String> fingerprint) {
    return new CheckpointFile(folder, fingerprint);
  }

  private Path file() {
    return folder.resolve("training.checkpoint");
  }

  @Test
  void returnsEveryNumberThatWasWritten() {
    keeper(FINGERPRINT).write(checkpoint());
    Checkpoint read = keeper(FINGERPRINT).read().orElseThrow();
    assertSame(read, checkpoint());
    assertThat(read.state().arrays().keySet()).containsExactly("second", "first", "third");
  }

  private static void assertSame(Checkpoint read, Checkpoint written) {
    assertThat(read.state().steps()).isEqualTo(written.state().steps());
    assertSame(read.state().arrays(), written.state().arrays());
    assertSame(read.best(), written.best());
    assertThat(read.history()).isEqualTo(written.history());
  }

  private static void assertSame(Map<String, float[]> read, Map<String, float[]> written) {
    assertThat(read.keySet()).isEqualTo(written.keySet());
    written.forEach((name, values) -> assertThat(read.get(name)).isEqualTo(values));
  }

  @Test
  void findsNothingInAnEmptyFolder() {
    assertThat(keeper(FINGERPRINT).read()).isEmpty();
  }

  @Test
  void refusesAFileThatIsCutOffAtAnyByte() throws IOException {
    keeper(FINGERPRINT).write(checkpoint());
    byte[] whole = Files.readAllBytes(file());
    assertThat(whole).hasSizeGreaterThan(300);
    for (int length = 0; length < whole.length; length++) {
      assertRefusedAndKept(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void refusesAFileWithAnyChangedByte() throws IOException {
    keeper(FINGERPRINT).write(checkpoint());
    byte[] whole = Files.readAllBytes(file());
    for (int position = 0; position < whole.length; position++) {
      byte[] damaged = whole.clone();
      damaged[position] ^= (byte) (1 << (position % 8));
      assertRefusedAndKept(damaged);
    }
  }

  @Test
  void refusesAFileWithMoreBehindItsEnd() throws IOException {
    keeper(FINGERPRINT).write(checkpoint());
    byte[] whole = Files.readAllBytes(file());
    assertRefusedAndKept(Arrays.copyOf(whole, whole.length + 1));
    assertRefusedAndKept(Arrays.copyOf(whole, whole.length + 8));
  }

  private void assertRefusedAndKept(byte[] damaged) throws IOException {
    Files.write(file(), damaged);
    CheckpointFile keeper = keeper(FINGERPRINT);
    assertThatThrownBy(keeper::read)
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            file() + ": this is no complete checkpoint; delete it or train without --resume");
    assertThat(Files.readAllBytes(file())).isEqualTo(damaged);
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "shards", "network", "parameters", "seed", "training examples"})
  void namesWhatIsOtherAndKeepsTheFile(String name) throws IOException {
    keeper(FINGERPRINT).write(checkpoint());
    byte[] before = Files.readAllBytes(file());
    Map<String, String> other = new LinkedHashMap<>(FINGERPRINT);
    other.put(name, "something else");
    CheckpointFile keeper = keeper(other);
    assertThatThrownBy(keeper::read)
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            ("%s: this checkpoint belongs to another training, which differs in: %s; delete it or"
                    + " train without --resume")
                .formatted(file(), name));
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void namesAllThatIsOther() {
    keeper(FINGERPRINT).write(checkpoint());
    Map<String, String> other = new LinkedHashMap<>(FINGERPRINT);
    other.put("shards", "4");
    other.put("seed", "8");
    CheckpointFile keeper = keeper(other);
    assertThatThrownBy(keeper::read).hasMessageContaining("which differs in: shards, seed;");
  }

  @Test
  void aNewCheckpointTakesThePlaceOfTheOldOneWholly() throws IOException {
    keeper(FINGERPRINT).write(checkpoint());
    Checkpoint later =
        checkpoint()
            .after(
                new LearnerState(Map.of("second", new float[1]), 9),
                Map.of(),
                new EpochFigures(2, Map.of()));
    keeper(FINGERPRINT).write(later);
    assertSame(keeper(FINGERPRINT).read().orElseThrow(), later);
    assertThat(files()).containsExactly("training.checkpoint");
  }

  @Test
  void whatAKilledWriterLeftHarmsNeitherTheOldNorTheNextCheckpoint() throws IOException {
    keeper(FINGERPRINT).write(checkpoint());
    Files.write(folder.resolve("training.checkpoint.new"), new byte[] {1, 2, 3});
    assertSame(keeper(FINGERPRINT).read().orElseThrow(), checkpoint());
    keeper(FINGERPRINT).write(checkpoint());
    assertSame(keeper(FINGERPRINT).read().orElseThrow(), checkpoint());
    assertThat(files()).containsExactly("training.checkpoint");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
