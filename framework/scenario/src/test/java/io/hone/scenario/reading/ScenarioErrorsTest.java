package io.hone.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.binding.SampleComponents;
import io.hone.scenario.diagnostics.Diagnostic;
import io.hone.scenario.diagnostics.ScenarioException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioErrorsTest {
  private static final String HEAD =
      """
      hone: 1
      name: small
      dataset: {use: mnist}
      model: {card: models/lenet5}
      """;

  @TempDir Path temporary;
  private ScenarioFolder folder;

  @BeforeEach
  void prepare() {
    folder = new ScenarioFolder(temporary);
  }

  private List<String> errors(String text, String... overrides) {
    ScenarioException thrown =
        catchThrowableOfType(ScenarioException.class, () -> folder.read(text, overrides));
    assertThat(thrown).as("an error in %s", text).isNotNull();
    String file = temporary.resolve("scenarios/test.yaml") + ":";
    return thrown.diagnostics().stream()
        .map(diagnostic -> diagnostic.place() + ": " + diagnostic.message())
        .map(error -> error.replace(file, ""))
        .toList();
  }

  static Stream<Arguments> mistakesInTheMainJob() {
    return Stream.of(
        change("hone: 1", "hone: 2", "1:7: this Hone reads version 1, not 2"),
        change("hone: 1\n", "", "1:1: a scenario needs 'hone'"),
        change(
            "name: mnist-fgsm-improve-recover",
            "name: a/b",
            "2:7: 'name' cannot be the text 'a/b'"),
        change("name: mnist-fgsm-improve-recover", "name: 7", "2:7: 'name' cannot be 7"),
        change(
            "name: mnist-fgsm-improve-recover", "name: ..", "2:7: 'name' cannot be the text '..'"),
        change(
            "seed: 7",
            "seed: seven",
            "3:7: 'seed' must be a whole number of 64 bits, not the text 'seven'"),
        change("seed: 7", "sed: 7", "3:1: a scenario has no 'sed'; did you mean 'seed'?"),
        change(
            "use: mnist", "use: minst", "4:16: there is no dataset 'minst'; did you mean 'mnist'?"),
        change("use: mnist,", "", "4:10: 'use' is missing, which names a dataset"),
        change(
            "use: mnist,", "use: [mnist],", "4:16: 'use' must be the id of a dataset, not a list"),
        change("take: 1000", "take: 0", "4:64: 'take' must be a whole number of at least 1, not 0"),
        change(
            "take: 1000",
            "take: 1000, select: {from: 2}",
            "4:78: a data set has either 'take' or 'select', not both"),
        change(
            "take: 1000",
            "select: {from: 5, to: 5}",
            "4:66: 'select': from: 5, to: 5 leaves no image; the image at 'to' is not used, so 'to'"
                + " must be larger"),
        change(
            "take: 1000",
            "select: {seed: 5}",
            "4:66: 'select': a seed draws at random, but every image is used; add 'count' or"
                + " 'per-class'"),
        change(
            "take: 1000",
            "select: {count: 0}",
            "4:74: 'count' must be a whole number of at least 1, not 0"),
        change(
            "take: 1000",
            "select: {per_class: 3}",
            "4:67: 'select' has no 'per_class'; did you mean 'per-class'?"),
        change(
            "take: 1000",
            "tke: 1000",
            "4:58: 'tke' is not allowed beside 'use'; did you mean 'take'?"),
        change(
            "with: {split: test, classes: [9]}",
            "split: test",
            "4:23: 'split' is not allowed beside 'use'; it is a parameter and belongs below"
                + " 'with'"),
        change(
            "split: test",
            "split: tset",
            "4:37: 'split' must be one of train, test, not the text 'tset'; did you mean 'test'?"),
        change(
            "classes: [9]",
            "classes: [10]",
            "4:53: 'classes' must be a whole number from 0 to 9, not 10"),
        change("models/lenet5", "models/gone", "6:9: 'card': there is no models/gone"),
        change("  card: models/lenet5\n", "", "6:3: 'model' needs 'card'"),
        change(
            "models/denoiser",
            "models/denoisr",
            "15:61: 'model': there is no models/denoisr; did you mean 'models/denoiser'?"),
        change("use: onnxruntime", "use: fgsm", "7:18: there is no backend 'fgsm'"),
        change(
            "batch: 64", "batch: 0", "8:14: 'batch' must be a whole number from 1 to 65536, not 0"),
        change(
            "threads: 2",
            "threads: '2'",
            "8:27: 'threads' must be a whole number from 1 to 1024, not the text '2'"),
        change("{targeted: 4}", "{targeted: -1}", "9:18: a target cannot be -1"),
        change("{targeted: 4}", "{targeted: next}", "9:18: a target cannot be the text 'next'"),
        change(
            "{targeted: 4}",
            "{targeted: randon}",
            "9:18: a target cannot be the text 'randon'; did you mean 'random'?"),
        change(
            "{targeted: 4}",
            "{targeted: {9: 9}}",
            "9:22: the target of label 9 is the label itself"),
        change(
            "{targeted: 4}",
            "{targeted: {nine: 4}}",
            "9:19: a label must be a class, a whole number from 0, not the text 'nine'"),
        change(
            "{targeted: 4}",
            "{targeted: {9: 4.5}}",
            "9:22: a target must be a class, a whole number from 0, not 4.5"),
        change("{targeted: 4}", "{targeted: {}}", "9:18: no label has a target here"),
        change("{targeted: 4}", "untargetted", "9:7: this is no goal; did you mean 'untargeted'?"),
        change("{targeted: 4}", "4", "9:7: this is no goal"),
        change(
            "epsilon: 0.3",
            "epsilon: 1.3",
            "11:56: 'epsilon' must be a number from 0 to 1, such as 0.03, 8/255 or 8px, not 1.3"),
        change(
            "epsilon: 0.3",
            "epsilno: 0.3",
            "11:47: attack 'fgsm' has no 'epsilno'; did you mean 'epsilon'?"),
        change(
            "attack:  {use: fgsm, with: {epsilon: 0.3}}",
            "attack: [fgsm]",
            "11:27: expected an attack such as {use: ID, with: {...}}, not a list"),
        change(
            "attack:  {use: fgsm, ",
            "attack:  {use: greedy, ",
            "11:34: there is no attack 'greedy'"),
        change("id: recover,", "id: Recover,", "15:10: an id cannot be 'Recover'"),
        change("id: recover,", "id: greedy,", "15:10: the id 'greedy' is given twice"),
        change(
            "id: greedy,",
            "id: clean,",
            "12:10: 'clean' is the reserved step of the data set's own images; choose another id"),
        change(
            "id: recover,",
            "id: labels,",
            "15:10: 'labels' is the name of a file beside the steps' arrays; choose another id"),
        change(
            "of: fgsm}\n  - {id: learned",
            "of: fsgm}\n  - {id: learned",
            "12:64: there is no step 'fsgm'; did you mean 'fgsm'?"),
        change(
            "of: fgsm}\n  - {id: learned",
            "of: learned}\n  - {id: learned",
            "12:64: 'learned' comes after this step; a step receives what comes before it"),
        change(
            "of: fgsm}\n  - {id: learned",
            "of: greedy}\n  - {id: learned",
            "12:64: 'greedy' cannot receive its own result"),
        change(
            "of: fgsm}\n  - {id: learned",
            "of: clean}\n  - {id: learned",
            "12:64: an improver accepts attacks, improvers and mergers, not the clean images"),
        change("[clean, fgsm, finish]", "[clean, fgsm, clean]", "15:98: 'clean' is named twice"),
        change("[clean, fgsm, finish]", "[]", "15:84: 'of' must name at least one, not none"),
        change("[clean, fgsm, finish]", "{a: 1}", "15:84: 'of' must be text, not a mapping"),
        change(
            "threshold: 0.96}}, of: fgsm",
            "threshold: 0.96}}, queries: 0, of: fgsm",
            "13:108: 'queries' must be a whole number of at least 1, not 0"),
        change(
            "threshold: 0.96}}, of: fgsm",
            "threshold: 0.96}}, grid: 8bits, of: fgsm",
            "13:105: 'grid' must be one of float, 8bit, not the text '8bits'; did you mean"
                + " '8bit'?"),
        change(
            "threshold: 0.96}}, of: fgsm",
            "threshold: 0.96}}, goal: untargeted, of: fgsm",
            "13:99: 'goal' belongs to an attack"),
        change(
            "threshold: 0.96}}, of: fgsm",
            "threshold: 0.96}}, samples: all, of: fgsm",
            "13:99: 'samples' belongs to an attack"),
        change(
            "of: [clean,",
            "queries: 3, of: [clean,",
            "15:80: 'queries' belongs to an attack or improver"),
        change(
            "steps.learned.improve.with.threshold",
            "steps.learnt.improve.with.threshold",
            "16:10: there is no step 'learnt'; did you mean 'learned'?"),
        change(
            "steps.learned.improve.with.threshold",
            "step.learned.improve.with.threshold",
            "16:10: a matrix can vary steps, the goal and the model, not 'step'; did you mean 'steps'?"),
        change(
            "steps.learned.improve.with.threshold",
            "dataset.take",
            "16:10: a matrix can vary steps, the goal and the model, not 'dataset'"),
        change(
            "steps.learned.improve.with.threshold",
            "steps.learned",
            "16:10: 'steps.learned' is a whole step, not a part of one"),
        change(
            "steps.learned.improve.with.threshold",
            "steps.learned.of",
            "16:10: a matrix cannot vary 'id' and 'of'; of takes a list itself"),
        change(
            "steps.learned.improve.with.threshold",
            "steps.learned.improve.with.treshold",
            "16:10: improver 'autoencoder' has no 'treshold'; did you mean 'threshold'?"),
        change("steps.learned.improve.with.threshold", "steps..x", "16:10: 'steps..x' is no path"),
        change(
            "[0.93, 0.96, 0.99]",
            "[0.93, 2]",
            "16:55: 'threshold' must be a number from 0 to 1, not 2"),
        change(
            "[0.93, 0.96, 0.99]",
            "0.93",
            "16:48: an axis must be a list of at least one value, not 0.93"),
        change(
            "[0.93, 0.96, 0.99]",
            "[]",
            "16:48: an axis must be a list of at least one value, not an empty one"),
        change(
            "[0.93, 0.96, 0.99]",
            "[0.93, 0.93]",
            "16:55: another value of this axis has the same name '0.93'"),
        change(
            "[0.93, 0.96, 0.99]}",
            "[0.93], steps.learned.improve.with: [{}]}",
            "16:56: 'steps.learned.improve.with' and 'steps.learned.improve.with.threshold' vary"
                + " the same value"),
        change(
            "{steps.learned.improve.with.threshold: [0.93, 0.96, 0.99]}",
            "[1]",
            "16:9: 'matrix' must be a mapping, not a list"),
        change(
            "success-rate, distance",
            "succes-rate, distance",
            "17:11: there is no metric 'succes-rate'; did you mean 'success-rate'?"),
        change(
            "success-rate, distance",
            "accuracy, distance",
            "17:47: the metric 'accuracy' is given twice"),
        change(
            "reduction-rate, accuracy",
            "{use: reduction-rate, with: {successes: 1}}",
            "17:75: 'successes' must be true or false, not 1"),
        change(
            "save: successes",
            "save: success",
            "18:7: 'save' must be one of successes, none, all, not the text 'success'; did you mean"
                + " 'successes'?"),
        change(
            "greedy.reduction_rate.l0 > 0.7",
            "gredy.reduction_rate.l0 > 0.7",
            "19:10: there is no result 'gredy'; did you mean 'greedy'?"),
        change(
            "greedy.reduction_rate.l0 > 0.7",
            "learned.reduction_rate.l0 > 0.7",
            "19:10: 'learned' has 3 results; say which"),
        change(
            "greedy.reduction_rate.l0 > 0.7",
            "recover.accuracy > 0.7",
            "19:10: 'recover' has 5 results; say which"),
        change(
            "greedy.reduction_rate.l0 > 0.7",
            "recover@finish.accuracy > 0.7",
            "19:10: 'recover@finish' has 3 results; say which"),
        change(
            "greedy.reduction_rate.l0 > 0.7",
            "greedy.reduction_rate.l0 > high",
            "19:10: 'greedy.reduction_rate.l0 > high' is no expectation"),
        change(
            "greedy.reduction_rate.l0 > 0.7",
            "greedy.reduction_rate.l0 = 0.7",
            "19:10: 'greedy.reduction_rate.l0 = 0.7' is no expectation"),
        change(
            "greedy.reduction_rate.l0 > 0.7",
            "greedy > 0.7",
            "19:10: 'greedy' is no path of a figure"),
        change(
            "greedy.reduction_rate.l0 > 0.7",
            "greedy.l0 > 1e999",
            "19:10: 'greedy.l0 > 1e999' is no expectation"));
  }

  private static Arguments change(String from, String to, String expected) {
    return Arguments.of(from, to, expected);
  }

  @ParameterizedTest
  @MethodSource("mistakesInTheMainJob")
  void tellsOneMistakeAtItsPlaceAndNothingElse(String from, String to, String expected) {
    assertThat(ScenarioFolder.MAIN_JOB).contains(from);

    assertThat(
            errors(
                ScenarioFolder.MAIN_JOB.replaceFirst(
                    Pattern.quote(from), Matcher.quoteReplacement(to))))
        .containsExactly(expected);
  }

  static Stream<Arguments> mistakesInChains() {
    return Stream.of(
        chain(
            "[{id: a, attack: fgsm}, {id: b, join: [a]}]",
            "5:46: a merger needs at least two results, but 'a' has one"),
        chain(
            "[{id: a, attack: fgsm}, {id: b, join: [a, clean]}]",
            "5:50: a merger accepts attacks, improvers and mergers, not the clean images"),
        chain(
            "[{id: a, attack: fgsm}, {id: b, attack: fgsm}, {id: c, join: [a, b], of: a}]",
            "5:77: a merger receives what 'join' names"),
        chain(
            "[{id: a, attack: fgsm}, {id: b, attack: fgsm, goal: {targeted: 3}},"
                + " {id: c, join: [a, b]}]",
            "5:90: 'a' and 'b' want different things, so their examples cannot be joined"),
        chain(
            "[{id: a, attack: fgsm}, {id: b, attack: fgsm}, {id: c, join: [a, b]}]\n"
                + "matrix: {steps.c.join: [[a, b], [b, a]]}",
            "6:10: a matrix cannot vary what a step receives, as 'join' does; write a step for each"
                + " choice"),
        chain("[{id: a}]", "5:9: this step does nothing"),
        chain("[{attack: fgsm}]", "5:9: each of 'steps' needs 'id'"),
        chain(
            "[{id: a, attack: fgsm, improve: greedy}]",
            "5:31: a step does one thing, but this one has 'attack' and 'improve'"),
        chain(
            "[{id: a, improve: greedy}]",
            "5:9: an improver needs the result of an attack, but there is no step before it"),
        chain(
            "[{id: a, attack: fgsm}, {id: b, attack: fgsm, of: a}]",
            "5:58: an attack starts from the clean images, not from 'a'"),
        chain(
            "[{id: a, attack: fgsm}, {id: d, defend: randomization}, {id: i, improve: greedy}]",
            "5:64: an improver accepts attacks, improvers and mergers, but the step before is the defense"
                + " 'd'"),
        chain(
            "[{id: a, attack: fgsm}, {id: d, defend: randomization}, {id: i, improve: greedy, of:"
                + " [a, d]}]",
            "5:97: an improver accepts attacks, improvers and mergers, but 'd' is a defense"),
        chain("[{id: 7, attack: fgsm}]", "5:14: 'id' must be text, not 7"),
        chain("{a: 1}", "5:8: 'steps' must be a list, not a mapping"),
        chain("[fgsm]", "5:9: expected a mapping for each of 'steps', not the text 'fgsm'"),
        chain(
            "[{id: a, attack: fgsm}]\n"
                + "matrix: {goal: [untargeted, {targeted: 4}], goal.targeted: [3]}",
            "6:45: 'goal.targeted' and 'goal' vary the same value"),
        chain(
            "[{id: a, attack: fgsm, goal: untargeted}]\nmatrix: {goal: [untargeted]}",
            "6:10: no step depends on this axis"),
        chain(
            "[{id: a, attack: {use: fgsm}}]\nmatrix: {steps.a.id.x: [1]}",
            "6:10: a matrix cannot vary 'id' and 'of'; of takes a list itself"),
        chain(
            "[{id: a, attack: fgsm}]\nmatrix: {steps.a.attack.with.epsilon: [0.1]}",
            "6:10: steps.a.attack is the text 'fgsm', so it has no 'with'"),
        chain(
            "[{id: a, attack: {use: elaborate, with: {rounds: 1, schedule: {rate: 1}}}}]\n"
                + "matrix: {steps.a.attack.with.rounds: [1, 7], steps.a.attack.with.evaluations:"
                + " [9, 5]}",
            "5:48: attack 'elaborate': evaluations must be at least rounds"),
        chain(
            "[{id: a, attack: fgsm}]\nmatrix: {goal.targeted: &v ["
                + numbers(40)
                + "], steps.a.queries: ["
                + numbers(40)
                + "]}",
            "6:9: the matrix has more than 1000 combinations"));
  }

  private static String numbers(int count) {
    return String.join(
        ", ", Stream.iterate(1, i -> i + 1).limit(count).map(String::valueOf).toList());
  }

  private static Arguments chain(String steps, String... expected) {
    return Arguments.of(steps, List.of(expected));
  }

  @ParameterizedTest
  @MethodSource("mistakesInChains")
  void refusesChainsThatMeanNothing(String steps, List<String> expected) {
    assertThat(errors(HEAD + "steps: " + steps + "\n")).isEqualTo(expected);
  }

  @Test
  void refusesChainsThatMultiplyWithoutEnd() {
    StringBuilder steps =
        new StringBuilder("steps:\n  - {id: a0, attack: fgsm}\n  - {id: b0, attack: fgsm}\n");
    for (int level = 1; level < 12; level++) {
      for (String name : List.of("a", "b")) {
        steps.append(
            "  - {id: %s%d, improve: greedy, of: [a%d, b%d]}%n"
                .formatted(name, level, level - 1, level - 1));
      }
    }

    assertThat(errors(HEAD + steps))
        .containsExactly("23:10: with this step there are more than 1000 results");
  }

  static Stream<Arguments> mistakesInOverrides() {
    return Stream.of(
        Arguments.of("seed", "--set seed: is no override"),
        Arguments.of("seed=", "--set seed=: is no override"),
        Arguments.of(
            "steps.learned.improve.with.threshold=0.5",
            "--set steps.learned.improve.with.threshold=0.5: changes nothing, because the matrix"
                + " varies 'steps.learned.improve.with.threshold'"),
        Arguments.of("=1", "--set =1: is no override"),
        Arguments.of(
            "seed=x", "--set seed=x: 'seed' must be a whole number of 64 bits, not the text 'x'"),
        Arguments.of("seed=[1", "--set seed=[1: is not YAML: "),
        Arguments.of("seeds=1", "--set seeds=1: a scenario has no 'seeds'; did you mean 'seed'?"),
        Arguments.of(
            "steps.fgms.queries=1",
            "--set steps.fgms.queries=1: steps has no 'fgms'; did you mean 'fgsm'?"),
        Arguments.of("steps.9.queries=1", "--set steps.9.queries=1: steps has no '9'"),
        Arguments.of("seed.x=1", "--set seed.x=1: seed is 7, so it has no 'x'"),
        Arguments.of("a..b=1", "--set a..b=1: 'a..b' is no path"),
        Arguments.of(
            "run.batch={a: 1, a: 2}",
            "--set run.batch={a: 1, a: 2}: the key 'a' is given twice in this mapping"));
  }

  @ParameterizedTest
  @MethodSource("mistakesInOverrides")
  void tellsMistakesOfTheCommandLineAsSuch(String override, String expected) {
    assertThat(errors(ScenarioFolder.MAIN_JOB, override))
        .hasSize(1)
        .first()
        .asString()
        .startsWith(expected);
  }

  @Test
  void pointsIntoAnOverride() {
    assertThatThrownBy(() -> folder.read(ScenarioFolder.MAIN_JOB, "run={batch: x}"))
        .hasMessageStartingWith(
            """
            --set run={batch: x}: 'batch' must be a whole number from 1 to 65536, not the text 'x'
                run={batch: x}
                            ^
            """);
  }

  @Test
  void checksTheOtherOptionsToo() {
    ScenarioReader reader =
        new ScenarioReader(SampleComponents.registry(), SampleSteps.grammars(), temporary);
    Path file = folder.write(ScenarioFolder.MAIN_JOB);

    assertThatThrownBy(
            () ->
                reader.read(
                    file,
                    new ScenarioOptions(
                        List.of(), OptionalLong.of(0), OptionalInt.of(0), OptionalInt.of(-1))))
        .hasMessageContaining("--batch 0: 'batch' must be a whole number from 1 to 65536, not 0")
        .hasMessageContaining(
            "--threads -1: 'threads' must be a whole number from 1 to 1024, not -1")
        .hasMessageContaining("--limit 0: must be at least 1")
        .hasMessageEndingWith("3 errors; nothing was run");
  }

  @Test
  void showsAllErrorsTogetherInReadingOrder() {
    String text =
        """
        hone: 1
        name: small
        dataset: {use: mnist, with: {split: tset}}
        model: {card: models/gone}
        steps:
          - {id: a, attack: {use: fsgm}}
          - {id: b, improve: {use: greedy, with: {step: 0}}, of: c}
        """;

    assertThatThrownBy(() -> folder.read(text))
        .hasMessage(
            """
            FILE:3:37: 'split' must be one of train, test, not the text 'tset'; did you mean 'test'?
                dataset: {use: mnist, with: {split: tset}}
                                                    ^
                split: Which part.

            FILE:4:15: 'card': there is no models/gone
                model: {card: models/gone}
                              ^
                looked for DIR/scenarios/models/gone and for DIR/models/gone

            FILE:6:27: there is no attack 'fsgm'; did you mean 'fgsm'?
                  - {id: a, attack: {use: fsgm}}
                                          ^
                installed attacks: elaborate, fgsm

            FILE:7:49: 'step' must be a whole number of at least 1, not 0
                  - {id: b, improve: {use: greedy, with: {step: 0}}, of: c}
                                                                ^
                step: First block size, in features.

            FILE:7:58: there is no step 'c'; did you mean 'a'?
                  - {id: b, improve: {use: greedy, with: {step: 0}}, of: c}
                                                                         ^
                the steps before this one: clean, a

            5 errors; nothing was run\
            """
                .replace("FILE", temporary.resolve("scenarios/test.yaml").toString())
                .replace("DIR", temporary.toString()));
  }

  @Test
  void tellsATrainingScenarioByThatAlone() {
    assertThat(errors("hone: 1\nname: x\ntrain: {use: y}\ndata: {}\nout: z\n"))
        .containsExactly("1:1: this is a training scenario, which is for hone train");
  }

  @Test
  void tellsWhereAComponentOfAnotherKindHasTheName() {
    ScenarioException thrown =
        catchThrowableOfType(
            ScenarioException.class,
            () -> folder.read(HEAD + "steps: [{id: a, attack: greedy}]\n"));

    assertThat(thrown.diagnostics())
        .flatExtracting(Diagnostic::notes)
        .containsExactly("installed attacks: elaborate, fgsm", "'greedy' is an improver");
  }

  @Test
  void saysWhatIsMissingWhereNoPluginIsInstalled() {
    ScenarioReader reader =
        new ScenarioReader(new ComponentRegistry(List.of()), SampleSteps.grammars(), temporary);
    Path file = folder.write(ScenarioFolder.MAIN_JOB);

    assertThatThrownBy(() -> reader.read(file, ScenarioOptions.none()))
        .hasMessageContaining("there is no dataset 'mnist'")
        .hasMessageContaining("no datasets are installed; put a plugin that has one into plugins/");
  }
}
