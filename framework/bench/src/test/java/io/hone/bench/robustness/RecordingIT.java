package io.hone.bench.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Holds the recordings to the models that Hone ships, and to themselves. */
class RecordingIT {
  @SuppressWarnings("unused") // names a source of the tests below
  private static final List<String> NAMES = Recording.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void isOfTheModelThatIsShipped(String name) throws IOException, NoSuchAlgorithmException {
    Recording recording = Recording.named(name);
    Path model =
        Path.of(System.getProperty("hone.checkout"), "models", recording.model(), "model.onnx");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(model));
    assertThat(recording.modelSha256()).isEqualTo(HexFormat.of().formatHex(digest));
    assertThat(name).isEqualTo(recording.model() + "-" + recording.normInScenario());
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void tellsTheEndingOfEveryImage(String name) throws IOException {
    Recording recording = Recording.named(name);
    for (Recording.Run run : recording.runs()) {
      assertThat(run.ended().values().stream().flatMap(List::stream))
          .hasSize(recording.count())
          .doesNotHaveDuplicates()
          .allMatch(image -> image < recording.count());
      assertThat(run.stages())
          .allSatisfy(
              stage -> {
                assertThat(run.ended().get(stage.name())).hasSize(stage.broken());
                assertThat(stage.largestDistance()).isLessThan(recording.epsilon() * 1.0001);
              });
      assertThat(run.robustAccuracy() * recording.count())
          .isCloseTo(run.ended().get(Evaluation.ROBUST).size(), within(1e-6));
    }
  }

  @Test
  void refusesAnotherName() {
    assertThatThrownBy(() -> Recording.named("mnist-lenet5-l0"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("mnist-lenet5-l0")
        .hasMessageContaining("mnist-lenet5-linf");
  }
}
