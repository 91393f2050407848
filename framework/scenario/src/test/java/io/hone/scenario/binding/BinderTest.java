package io.hone.scenario.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hone.api.model.ModelReference;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.binding.SampleComponents.Elaborate;
import io.hone.scenario.diagnostics.Diagnostic;
import io.hone.scenario.diagnostics.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BinderTest {
  private static final ComponentDescriptor ELABORATE =
      SampleComponents.installed(ComponentKind.ATTACK, new Elaborate()).descriptor();
  private static final ComponentDescriptor FGSM =
      SampleComponents.installed(ComponentKind.ATTACK, new SampleComponents.Fgsm()).descriptor();

  @TempDir Path temporary;
  private Path folder;
  private Path distribution;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectories(temporary.resolve("scenarios"));
    distribution = Files.createDirectories(temporary.resolve("distribution"));
  }

  private Bound<? extends Record> bind(ComponentDescriptor component, String yaml) {
    return new ParameterText(
            new PathResolver(folder, distribution), new ComponentRegistry(List.of()))
        .bind(component, yaml);
  }

  private List<Diagnostic> errors(ComponentDescriptor component, String yaml) {
    ScenarioException thrown =
        catchThrowableOfType(ScenarioException.class, () -> bind(component, yaml));
    assertThat(thrown).as("an error in %s", yaml).isNotNull();
    return thrown.diagnostics();
  }

  @Test
  void fillsInDefaults() {
    Bound<? extends Record> bound = bind(ELABORATE, "{rounds: 3, schedule: {rate: 1}}");

    assertThat(bound.value())
        .isEqualTo(
            new Elaborate.Params(
                3,
                5_000_000_000L,
                Float.POSITIVE_INFINITY,
                1e-3,
                true,
                "plain",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(below(1 / 255.0), below(2 / 255.0)),
                new Elaborate.Schedule(1, Elaborate.Fall.STEP_WISE),
                List.of()));
    Map<String, Object> expected = new HashMap<>();
    expected.put("rounds", 3);
    expected.put("evaluations", 5_000_000_000L);
    expected.put("confidence", Double.POSITIVE_INFINITY);
    expected.put("weight", 1.0e-3);
    expected.put("restart", true);
    expected.put("label", "plain");
    expected.put("classes", List.of());
    expected.put("sizes", List.of(1 / 255.0, 2 / 255.0));
    expected.put("more", List.of());
    expected.put("schedule", Map.of("rate", 1.0, "fall", "step-wise"));
    assertThat(bound.plain()).isEqualTo(expected);
  }

  @Test
  void takesEveryType() throws IOException {
    Files.writeString(folder.resolve("adv.npy"), "x");
    Files.createDirectories(distribution.resolve("models/a"));
    Files.writeString(distribution.resolve("models/a/model.yaml"), "x");

    Bound<? extends Record> bound =
        bind(
            ELABORATE,
            """
            rounds: 16
            evaluations: 7000000000
            confidence: 0.5
            weight: -2
            restart: false
            label: '3'
            examples: adv.npy
            surrogate: models/a
            classes: [4, 9]
            sizes: [8/255, 0.5px, 0.25, 1]
            schedule: {rate: 0.25, fall: smooth}
            more: [{rate: 0}, {rate: 1, fall: smooth}]
            """);

    assertThat(bound.value())
        .isEqualTo(
            new Elaborate.Params(
                16,
                7_000_000_000L,
                0.5f,
                -2,
                false,
                "3",
                Optional.of(folder.resolve("adv.npy")),
                Optional.of(new ModelReference(distribution.resolve("models/a"))),
                List.of(4, 9),
                List.of(below(8 / 255.0), below(0.5 / 255), 0.25f, 1f),
                new Elaborate.Schedule(0.25, Elaborate.Fall.SMOOTH),
                List.of(
                    new Elaborate.Schedule(0, Elaborate.Fall.STEP_WISE),
                    new Elaborate.Schedule(1, Elaborate.Fall.SMOOTH))));
    assertThat(bound.plain())
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("examples", "adv.npy")
        .containsEntry("surrogate", "models/a");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "8/255, 0.031372547",
    "8px, 0.031372547",
    "0.3, 0.3",
    "0.7, 0.7",
    "1, 1",
    "0, 0"
  })
  void readsSizesOfPixels(String written, float expected) {
    assertThat(bind(FGSM, "{epsilon: " + written + "}").value())
        .isEqualTo(new SampleComponents.Fgsm.Params(expected, SampleComponents.Fgsm.Norm.LINF));
  }

  @Test
  void roundsADecimalOnce() {
    // As a double this is the midpoint of two floats, and would be rounded to the even one.
    String text = "0.50000002980232240000001";

    String yaml = "{rounds: 3, schedule: {rate: 1}, confidence: " + text + "}";
    assertThat(((Elaborate.Params) bind(ELABORATE, yaml).value()).confidence())
        .isEqualTo(Float.parseFloat(text))
        .isNotEqualTo((float) Double.parseDouble(text));
  }

  @Test
  void noFloatSizeIsWrittenLargerThanTheUserWroteIt() {
    for (int grey = 1; grey <= 255; grey++) {
      float bound =
          ((SampleComponents.Fgsm.Params) bind(FGSM, "{epsilon: " + grey + "px}").value())
              .epsilon();
      assertThat(Double.parseDouble(Float.toString(bound))).isLessThanOrEqualTo(grey / 255.0);
      assertThat(Math.nextUp(Math.nextUp(bound))).isGreaterThan((float) (grey / 255.0));
    }
  }

  /** Returns the largest float whose shortest decimal is not above a size. */
  private static float below(double size) {
    float nearest = (float) size;
    return Double.parseDouble(Float.toString(nearest)) > size ? Math.nextDown(nearest) : nearest;
  }

  @Test
  void bindsTheExampleOfAComponent() {
    assertThat(
            new ParameterText(
                    new PathResolver(folder, distribution), new ComponentRegistry(List.of()))
                .bindExample(FGSM)
                .value())
        .isEqualTo(new SampleComponents.Fgsm.Params(0.1f, SampleComponents.Fgsm.Norm.LINF));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        wrong("rounds: '3'", 9, "'rounds' must be a whole number of at least 1, not the text '3'"),
        wrong("rounds: 3.7", 9, "'rounds' must be a whole number of at least 1, not 3.7"),
        wrong("rounds: 3.0", 9, "'rounds' must be a whole number of at least 1, not 3.0"),
        wrong("rounds: 0", 9, "'rounds' must be a whole number of at least 1, not 0"),
        wrong(
            "rounds: 3000000000",
            9,
            "'rounds' must be a whole number from 1 to 2147483647, not 3000000000"),
        wrong("rounds: true", 9, "'rounds' must be a whole number of at least 1, not true"),
        wrong("rounds: [3]", 9, "'rounds' must be a whole number of at least 1, not a list"),
        wrong("rounds:", 8, "'rounds' must be a whole number of at least 1, not nothing"),
        wrong(
            "rounds: 0x10",
            9,
            "'rounds' must be a whole number of at least 1, not the text '0x10'"),
        wrong(
            "rounds: 0o17",
            9,
            "'rounds' must be a whole number of at least 1, not the text '0o17'"),
        wrong(
            "rounds: 0b11",
            9,
            "'rounds' must be a whole number of at least 1, not the text '0b11'"),
        wrong(
            "rounds: 010", 9, "'rounds' must be a whole number of at least 1, not the text '010'"),
        wrong(
            "rounds: 1_000",
            9,
            "'rounds' must be a whole number of at least 1, not the text '1_000'"),
        more("weight: 0x10", 9, "'weight' must be a finite number, not the text '0x10'"),
        more("classes: [0x4]", 11, "'classes' must be a whole number, not the text '0x4'"),
        more("evaluations: 1e3", 14, "'evaluations' must be a whole number of 64 bits, not 1e3"),
        more(
            "evaluations: 99999999999999999999",
            14,
            "'evaluations' must be a whole number of 64 bits, not 99999999999999999999"),
        more("confidence: -1", 13, "'confidence' must be a number of at least 0, not -1"),
        more("confidence: .nan", 13, "'confidence' must be a number of at least 0, not .nan"),
        more("confidence: 1e39", 13, "'confidence' must be a number of at least 0, not 1e39"),
        more(
            "confidence: 8px",
            13,
            "'confidence' must be a number of at least 0, not the text '8px'"),
        more("weight: .inf", 9, "'weight' must be a finite number, not .inf"),
        more("weight: abc", 9, "'weight' must be a finite number, not the text 'abc'"),
        more("restart: yes", 10, "'restart' must be true or false, not the text 'yes'"),
        more("label: 3", 8, "'label' must be text, not 3"),
        more("label: {}", 8, "'label' must be text, not a mapping"),
        more("examples: gone.npy", 11, "'examples': there is no gone.npy"),
        more("examples: ''", 11, "'examples' must be a path, not the text ''"),
        more("examples: \"a\\0b\"", 11, "'examples' must be a path, not the text"),
        more("surrogate: .", 12, "'surrogate': the folder "),
        more(
            "classes: [5000000000]",
            11,
            "'classes' must be a whole number from -2147483648 to 2147483647, not 5000000000"),
        more("classes: 4", 10, "'classes' must be a list, not 4"),
        more("classes: [1, x]", 14, "'classes' must be a whole number, not the text 'x'"),
        more(
            "sizes: [1/0]",
            9,
            "'sizes' must be a finite number, such as 0.03, 8/255 or 8px, not the text '1/0'"),
        more("more: [{rate: 2}]", 15, "'rate' must be a number from 0 to 1, not 2"),
        more("more: [{}]", 8, "each of 'more' needs 'rate'"),
        more(
            "more: [{rate: 1, fall: smoth}]",
            24,
            "'fall' must be one of step-wise, smooth, not the text 'smoth'; did you mean"
                + " 'smooth'?"),
        more(
            "more: [{rate: 1, fall: STEP_WISE}]",
            24,
            "'fall' must be one of step-wise, smooth, not the text 'STEP_WISE'; did you mean"
                + " 'step-wise'?"),
        more(
            "evaluation: 1",
            1,
            "attack 'elaborate' has no 'evaluation'; did you mean 'evaluations'?"),
        more("evaluations: 1", 1, "attack 'elaborate': evaluations must be at least rounds", 1));
  }

  private static Arguments wrong(String line, int column, String message) {
    return Arguments.of("schedule: {rate: 1}\n" + line, 2, column, message);
  }

  private static Arguments more(String line, int column, String message) {
    return Arguments.of("schedule: {rate: 1}\nrounds: 3\n" + line, 3, column, message);
  }

  private static Arguments more(String line, int column, String message, int lineNumber) {
    return Arguments.of("schedule: {rate: 1}\nrounds: 3\n" + line, lineNumber, column, message);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tellsMistakesAtTheirPlace(String yaml, int line, int column, String message) {
    List<Diagnostic> errors = errors(ELABORATE, yaml);

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).message()).startsWith(message);
    assertThat(errors.get(0).place().line()).as("line").isEqualTo(line);
    assertThat(errors.get(0).place().column()).as("column").isEqualTo(column);
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    assertThat(errors(ELABORATE, "{rouds: 3, weight: x, schedule: {rate: 7, fell: 1}}"))
        .extracting(Diagnostic::message)
        .containsExactly(
            "attack 'elaborate' needs 'rounds'",
            "attack 'elaborate' has no 'rouds'; did you mean 'rounds'?",
            "'weight' must be a finite number, not the text 'x'",
            "'rate' must be a number from 0 to 1, not 7",
            "'schedule' has no 'fell'; did you mean 'fall'?");
  }

  @ParameterizedTest
  @CsvSource({
    "rounds: 0x10, numbers are written in decimal: 16",
    "rounds: 0X1f, numbers are written in decimal: 31",
    "rounds: -0o17, numbers are written in decimal: -15",
    "rounds: 0b101, numbers are written in decimal: 5",
    "rounds: 010, write it without leading zeros: 10",
    "rounds: 1_000, write the digits without separators: 1000",
    "rounds: 1e3, write its digits alone: 1000",
    "rounds: 3.0, write its digits alone: 3",
    "rounds: .inf, it must be finite",
    "weight: .nan, it must be finite",
    "weight: 0x10, numbers are written in decimal: 16",
    "weight: \"0.1\", its quotes make it text; remove the quotes: 0.1",
    "weight: \"1e-3\", its quotes make it text; remove the quotes: 1e-3",
    "weight: \"-.5\", its quotes make it text; remove the quotes: -.5",
    "restart: \"false\", its quotes make it text; remove the quotes: false",
    "'weight: \"0,5\"', write a decimal point: 0.5"
  })
  void tellsHowToWriteTheNumberThatIsMeant(String mistake, String advice) {
    String sound = mistake.startsWith("rounds") ? "" : "rounds: 3\n";
    assertThat(errors(ELABORATE, sound + "schedule: {rate: 1}\n" + mistake))
        .singleElement()
        .satisfies(error -> assertThat(error.notes().get(0)).isEqualTo(advice));
  }

  @Test
  void asksWhetherAGreyValueWasMeant() {
    assertThat(errors(FGSM, "{epsilon: 8}").get(0).message())
        .endsWith("not 8; did you mean 8/255 or 8px?");
    assertThat(errors(FGSM, "{epsilon: 1.3}").get(0).message()).endsWith("not 1.3");
    assertThat(errors(FGSM, "{epsilon: 256}").get(0).message()).endsWith("not 256");
  }

  @Test
  void helpsWithWhatIsKnown() {
    assertThat(errors(FGSM, "{eps: 1}").get(0).notes())
        .containsExactly("known there: epsilon, norm");
    assertThat(errors(FGSM, "{epsilon: 2}").get(0).notes())
        .containsExactly("epsilon: Step size in pixel units of [0, 1].");
    assertThat(errors(ELABORATE, "{rounds: '3', schedule: {rate: 1}}").get(0).notes())
        .containsExactly(
            "its quotes make it text; remove the quotes: 3", "rounds: How many rounds.");
    assertThat(errors(ELABORATE, "{rounds: 3, label: 7, schedule: {rate: 1}}").get(0).notes())
        .containsExactly("quote it if the text is meant: '7'", "label: Free text.");
    assertThat(
            errors(ELABORATE, "{rounds: 3, examples: x.npy, schedule: {rate: 1}}").get(0).notes())
        .containsExactly(
            "looked for " + folder.resolve("x.npy") + " and for " + distribution.resolve("x.npy"));
  }

  @Test
  void guessesWhichFileWasMeant() throws IOException {
    Files.writeString(distribution.resolve("adversarial.npy"), "x");

    assertThat(errors(ELABORATE, "{rounds: 3, examples: advresarial.npy, schedule: {rate: 1}}"))
        .extracting(Diagnostic::message)
        .containsExactly(
            "'examples': there is no advresarial.npy; did you mean 'adversarial.npy'?");
  }

  @Test
  void refusesWhatIsNoMapping() {
    assertThat(errors(FGSM, "[0.1]").get(0).message())
        .isEqualTo("expected a mapping for attack 'fgsm', not a list");
  }
}
