package io.hone.engine;

import static io.hone.engine.EngineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.host.figure.FigureTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A matrix over the model gives what a run of each model alone gives. */
class ModelMatrixTest {
  private static final String CHAIN =
      EngineFixture.CHAIN.replace(
              "model: {card: linear.model}",
              "model: {card: linear.model, backend: {use: linear, with: {tilt: 0}}}")
          + "expect: [\"push[tilt=0.2].success_rate > 0\", \"clean[tilt=0.2].accuracy > 0.1\"]\n";

  private static final String AXIS = "model.backend.with.tilt";

  @TempDir Path folder;

  private EngineFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  private RunResult both() throws IOException {
    return engine.run(engine.scenario(CHAIN + "matrix: {" + AXIS + ": [0, 0.2]}\n"), "both");
  }

  private RunResult alone(String tilt) throws IOException {
    String yaml = CHAIN.substring(0, CHAIN.indexOf("expect:")).replace("tilt: 0", "tilt: " + tilt);
    return engine.run(engine.scenario(yaml), "alone-" + tilt);
  }

  private static List<String> names(RunResult result) {
    return result.summary().steps().stream().map(StepSummary::name).toList();
  }

  private static Map<String, Double> figures(StepSummary step) {
    return FigureTree.paths(step.metrics()).stream()
        .filter(path -> !path.endsWith("seconds"))
        .collect(
            Collectors.toMap(
                path -> path, path -> FigureTree.find(step.metrics(), path).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.2"})
  void everyFigureIsThatOfARunOfTheModelAlone(String tilt) throws IOException {
    RunResult both = both();
    RunResult alone = alone(tilt);

    for (StepSummary expected : alone.summary().steps()) {
      StepSummary found = step(both, expected.name() + "[tilt=" + tilt + "]");
      assertThat(figures(found)).isEqualTo(figures(expected));
      assertThat(found.variant()).hasToString("{tilt=" + tilt + "}");
      assertThat(found.skipped()).isEqualTo(expected.skipped());
    }
    assertThat(folder.resolve("both/arrays/restore[tilt=" + tilt + "].npy"))
        .hasSameBinaryContentAs(folder.resolve("alone-" + tilt + "/arrays/restore.npy"));
  }

  @Test
  void namesTheCleanImagesOfEachModelAndTellsOfAllModels() throws IOException {
    RunResult both = both();

    assertThat(names(both))
        .startsWith("clean[tilt=0]", "clean[tilt=0.2]", "push[tilt=0]", "push[tilt=0.2]")
        .contains("darken@clean[tilt=0.2]", "darken@push[tilt=0]");
    assertThat(step(both, "push[tilt=0.2]").of().names()).containsExactly("clean[tilt=0.2]");
    assertThat(both.expectationsMet()).isTrue();
    Summary summary = both.summary();
    assertThat(summary.model()).containsEntry("name", "linear").containsKey("variants");
    assertThat((Map<?, ?>) summary.model().get("variants")).hasSize(2);
  }

  @Test
  void aFlagOfOneModelSpeaksAgainstItsResultsAlone() throws IOException {
    String yaml =
        CHAIN.substring(0, CHAIN.indexOf("expect:"))
            + "matrix: {model.card: [linear.model, other.model]}\n";
    Files.writeString(folder.resolve("other.model"), "linear");
    RunResult result = engine.run(engine.scenario(yaml), "out");

    // What is assumed of a bare file concerns the file that it was assumed of.
    assertThat(names(result)).contains("restore[card=other.model]");
    assertThat(codes(result, "restore[card=other.model]"))
        .isEqualTo(codes(result, "clean[card=other.model]"));
  }

  private static List<String> codes(RunResult result, String name) {
    return step(result, name).trust().stream().map(flag -> flag.code()).toList();
  }

  @Test
  void combinesWithOtherAxesAndJoins() throws IOException {
    String yaml =
        CHAIN
                .substring(0, CHAIN.indexOf("expect:"))
                .replace(
                    "  - {id: darken",
                    "  - {id: best, combine: [push, restore], norm: l2}\n  - {id: darken")
            + "matrix: {"
            + AXIS
            + ": [0, 0.2], steps.push.attack.with.size: [0.1, 0.3]}\n";
    RunResult result =
        engine.run(
            engine.scenario(yaml.replace("{use: push}", "{use: push, with: {size: 0.1}}")), "out");

    assertThat(step(result, "best[tilt=0.2,size=0.1]").of().names())
        .containsExactly("push[tilt=0.2,size=0.1]", "restore[tilt=0.2,size=0.1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model: [a, b] | 'model' is all of the model; vary a part, such as model.card",
        "modl.card: [a, b] | a matrix can vary steps, the goal and the model, not 'modl'",
        "model.cart: [a, b] | has no 'cart'"
      })
  void refusesWhatMeansNothing(String matrix, String message) {
    assertThatThrownBy(() -> engine.scenario(EngineFixture.CHAIN + "matrix: {" + matrix + "}\n"))
        .hasMessageContaining(message);
  }

  @Test
  void refusesModelsOfOtherClasses() {
    String yaml =
        CHAIN.substring(0, CHAIN.indexOf("expect:"))
            + "matrix: {model.backend.with.classes: [3, 4]}\n";

    assertThatThrownBy(() -> engine.run(engine.scenario(yaml), "out"))
        .hasMessageContaining("has 4 classes, but linear has 3");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** Writes a card for the linear model, and returns a matrix over it and another card. */
  private String cards(String first, String second) throws IOException {
    int number = 0;
    for (String keys : List.of(first, second)) {
      Path card = Files.createDirectories(folder.resolve("card" + ++number));
      Files.writeString(card.resolve("linear.model"), "linear");
      Files.writeString(card.resolve("model.yaml"), "file: linear.model\n" + keys);
    }
    return CHAIN.substring(0, CHAIN.indexOf("expect:"))
        + "matrix:\n  model.card:\n    - card1\n    - card2\n";
  }

  @Test
  void refusesModelsWhoseClassesMeanSomethingElse() throws IOException {
    String yaml =
        cards("output: {names: [low, middle, high]}\n", "output: {names: [high, middle, low]}\n");

    assertThatThrownBy(() -> engine.run(engine.scenario(yaml), "out"))
        .hasMessageContaining("class 0 of the model card2 is 'high', but 'low' of the model card1")
        .hasMessageContaining("correct the card");
  }

  @Test
  void tellsWhatIsWrongWithAModelAtItsValueOfTheAxis() throws IOException {
    String yaml = cards("", "task: image-to-image\n");
    int line = (int) yaml.lines().count();

    assertThatThrownBy(() -> engine.run(engine.scenario(yaml), "out"))
        .hasMessageContaining("scenario.yaml:" + line + ":7: ")
        .hasMessageContaining("name another model, or correct 'task' on the card");
  }

  @Test
  void anExpectationSaysWhichModelIsMeant() {
    String yaml =
        EngineFixture.CHAIN
            + "matrix: {"
            + "model.card: [linear.model, other.model]}\nexpect: [clean.accuracy > 0.1]\n";

    assertThatThrownBy(() -> engine.scenario(yaml))
        .hasMessageContaining("'clean' has 2 results; say which");
  }
}
