package io.hone.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.hone.host.component.BoundComponent;
import io.hone.scenario.Expectation;
import io.hone.scenario.Goal;
import io.hone.scenario.Scenario;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.Selection;
import io.hone.scenario.Step;
import io.hone.scenario.TargetSweep;
import io.hone.scenario.binding.SampleComponents;
import io.hone.scenario.document.Grid;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {
  private static final String HEAD =
      """
      hone: 1
      name: small
      dataset: mnist
      model: {card: models/lenet5}
      """;

  @TempDir Path temporary;
  private ScenarioFolder folder;

  @BeforeEach
  void prepare() {
    folder = new ScenarioFolder(temporary);
  }

  private static List<String> names(Scenario scenario) {
    return scenario.steps().stream().map(Step::name).toList();
  }

  private static BoundComponent<?> component(Scenario scenario, String name) {
    return step(scenario, name).content().components().get(0);
  }

  private static SampleSteps.AttackKeys attack(Scenario scenario, String name) {
    return (SampleSteps.AttackKeys) step(scenario, name).content().section();
  }

  @Test
  void joinsEverythingThatAStepReceivesTogetherAtEachPointOfTheMatrix() {
    Scenario scenario =
        folder.read(
            HEAD
                + """
                matrix: {steps.a.attack.with.epsilon: [0.1, 0.2]}
                steps:
                  - {id: a, attack: {use: fgsm}}
                  - {id: b, attack: fgsm}
                  - {id: c, improve: greedy, of: [a, b]}
                  - {id: best, join: [b, c]}
                  - {id: last, improve: greedy}
                """);

    assertThat(scenario.steps())
        .filteredOn(step -> step.id().equals("best"))
        .extracting(Step::name, Step::of)
        .containsExactly(
            tuple("best[epsilon=0.1]", List.of("b", "c@a[epsilon=0.1]", "c@b")),
            tuple("best[epsilon=0.2]", List.of("b", "c@a[epsilon=0.2]", "c@b")));
    assertThat(step(scenario, "last[epsilon=0.2]").of()).containsExactly("best[epsilon=0.2]");
  }

  private static Step step(Scenario scenario, String name) {
    return scenario.steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsTheMainJob() {
    Scenario scenario = folder.read(ScenarioFolder.MAIN_JOB);

    assertThat(scenario.name()).isEqualTo("mnist-fgsm-improve-recover");
    assertThat(scenario.seed()).isEqualTo(7);
    assertThat(scenario.dataset().parameters())
        .isEqualTo(
            new SampleComponents.Mnist.Params(SampleComponents.Mnist.Split.TEST, List.of(9)));
    assertThat(scenario.selection()).isEqualTo(Selection.first(1000));
    assertThat(scenario.models().get(0).choice().card().path())
        .isEqualTo(temporary.resolve("models/lenet5"));
    assertThat(scenario.models().get(0).choice().backend().orElseThrow().descriptor().id())
        .isEqualTo("onnxruntime");
    assertThat(scenario.batch()).isEqualTo(64);
    assertThat(scenario.threads()).isEqualTo(2);
    assertThat(scenario.save()).isEqualTo(Scenario.Save.SUCCESSES);
    assertThat(scenario.metrics())
        .extracting(metric -> metric.descriptor().id())
        .containsExactly("success-rate", "distance", "reduction-rate", "accuracy");
    assertThat(scenario.expectations())
        .containsExactly(
            new Expectation(
                "greedy.reduction_rate.l0 > 0.7",
                "greedy",
                "reduction_rate.l0",
                Expectation.Operator.GREATER,
                0.7));
  }

  @Test
  void expandsOfAndMatrixIntoEntriesThatAreNamedByBoth() {
    Scenario scenario = folder.read(ScenarioFolder.MAIN_JOB);

    assertThat(names(scenario))
        .containsExactly(
            "fgsm",
            "greedy",
            "learned[threshold=0.93]",
            "learned[threshold=0.96]",
            "learned[threshold=0.99]",
            "finish[threshold=0.93]",
            "finish[threshold=0.96]",
            "finish[threshold=0.99]",
            "recover@clean",
            "recover@fgsm",
            "recover@finish[threshold=0.93]",
            "recover@finish[threshold=0.96]",
            "recover@finish[threshold=0.99]");
    Step finish = step(scenario, "finish[threshold=0.99]");
    assertThat(finish.of()).containsExactly("learned[threshold=0.99]");
    assertThat(finish.variant()).isEqualTo(Map.of("threshold", 0.99));
    assertThat(finish.id()).isEqualTo("finish");
    assertThat(step(scenario, "greedy").variant()).isEmpty();
    assertThat(step(scenario, "recover@clean").of()).containsExactly(Step.CLEAN);
    assertThat(component(scenario, "learned[threshold=0.93]").effective())
        .isEqualTo(Map.of("model", "models/redundancy", "threshold", 0.93));
  }

  @Test
  void multipliesSeveralAxesAndNamesThemApart() {
    Scenario scenario =
        folder.read(
            HEAD
                + """
                steps:
                  - {id: a, attack: {use: fgsm}}
                  - {id: b, attack: {use: fgsm}}
                  - {id: g, improve: {use: greedy}, of: [a, b]}
                  - {id: h, improve: greedy}
                matrix:
                  steps.a.attack.with.epsilon: [8/255, 0.1]
                  steps.b.attack.with.epsilon: [0.2]
                  steps.g.improve.with.step: [1, 6]
                """);

    assertThat(names(scenario))
        .containsExactly(
            "a[a.attack.with.epsilon=8-255]",
            "a[a.attack.with.epsilon=0.1]",
            "b[b.attack.with.epsilon=0.2]",
            "g@a[a.attack.with.epsilon=8-255,step=1]",
            "g@a[a.attack.with.epsilon=8-255,step=6]",
            "g@a[a.attack.with.epsilon=0.1,step=1]",
            "g@a[a.attack.with.epsilon=0.1,step=6]",
            "g@b[b.attack.with.epsilon=0.2,step=1]",
            "g@b[b.attack.with.epsilon=0.2,step=6]",
            "h@g@a[a.attack.with.epsilon=8-255,step=1]",
            "h@g@a[a.attack.with.epsilon=8-255,step=6]",
            "h@g@a[a.attack.with.epsilon=0.1,step=1]",
            "h@g@a[a.attack.with.epsilon=0.1,step=6]",
            "h@g@b[b.attack.with.epsilon=0.2,step=1]",
            "h@g@b[b.attack.with.epsilon=0.2,step=6]");
    assertThat(step(scenario, "h@g@b[b.attack.with.epsilon=0.2,step=6]").of())
        .containsExactly("g@b[b.attack.with.epsilon=0.2,step=6]");
  }

  @Test
  void namesWhatAStepComesToOverEveryTarget() {
    Scenario scenario =
        folder.read(
            HEAD
                + """
                steps:
                  - {id: a, attack: {use: fgsm, with: {epsilon: 0.1}}}
                  - {id: g, improve: greedy, of: a}
                  - {id: d, defend: randomization, of: g}
                matrix: {goal.targeted: [0, 4], steps.a.attack.with.epsilon: [0.1, 0.2]}
                expect: ["g[targeted=worst,epsilon=0.2].success_rate > 0.5"]
                """);

    TargetSweep sweep = step(scenario, "g[targeted=4,epsilon=0.2]").sweep().orElseThrow();
    assertThat(sweep)
        .isEqualTo(step(scenario, "g[targeted=0,epsilon=0.2]").sweep().orElseThrow())
        .isNotEqualTo(step(scenario, "g[targeted=0,epsilon=0.1]").sweep().orElseThrow());
    assertThat(sweep.name()).isEqualTo("g[epsilon=0.2]");
    assertThat(sweep.cases())
        .containsExactly(
            "g[targeted=best,epsilon=0.2]",
            "g[targeted=average,epsilon=0.2]",
            "g[targeted=worst,epsilon=0.2]");
    assertThat(step(scenario, "d[targeted=4,epsilon=0.2]").sweep()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a[targeted=worse].success_rate | did you mean 'a[targeted=worst]'",
        "a[targeted=best].recovery_rate | 'a[targeted=best]' has no figure 'recovery_rate'"
      })
  void placesExpectationsOfCasesThatAreNotThere(String path, String message) {
    assertThatThrownBy(
            () ->
                folder.read(
                    HEAD
                        + "steps: [{id: a, attack: fgsm}]\nmatrix: {goal.targeted: [0, 4]}\n"
                        + "expect: ['"
                        + path
                        + " > 0']\n"))
        .hasMessageContaining(message);
  }

  @Test
  void letsTheGoalVaryForTheAttacksThatHaveNoneOfTheirOwn() {
    Scenario scenario =
        folder.read(
            HEAD
                + """
                steps:
                  - {id: a, attack: fgsm}
                  - {id: own, attack: fgsm, goal: {targeted: random}}
                  - {id: g, improve: greedy, of: a}
                  - {id: d, defend: randomization, of: [clean, g]}
                matrix: {goal: [untargeted, {targeted: 4}, {targeted: {9: 4}}]}
                """);

    assertThat(names(scenario))
        .containsExactly(
            "a[goal=untargeted]",
            "a[goal=targeted-4]",
            "a[goal=targeted-9-4]",
            "own",
            "g[goal=untargeted]",
            "g[goal=targeted-4]",
            "g[goal=targeted-9-4]",
            "d@clean",
            "d@g[goal=untargeted]",
            "d@g[goal=targeted-4]",
            "d@g[goal=targeted-9-4]");
    assertThat(step(scenario, "own").goal()).isEqualTo(new Goal.Random());
    assertThat(step(scenario, "g[goal=targeted-4]").goal()).isEqualTo(new Goal.Fixed(4));
    assertThat(step(scenario, "d@g[goal=targeted-9-4]").goal())
        .isEqualTo(new Goal.Mapping(Map.of(9, 4)));
    assertThat(step(scenario, "d@clean").goal()).isEqualTo(new Goal.Untargeted());
  }

  @Test
  void fillsInDefaults() {
    Scenario scenario =
        folder.read(
            HEAD
                + """
                steps:
                  - {id: fgsm, attack: {use: fgsm}}
                  - {id: greedy, improve: {use: greedy}}
                  - {id: recover, defend: [randomization, {use: autoencoder, with: {model: models/denoiser}}]}
                """);

    assertThat(scenario.seed()).isZero();
    assertThat(scenario.selection()).isEqualTo(Selection.ALL);
    assertThat(scenario.batch()).isEqualTo(256);
    assertThat(scenario.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(scenario.models().get(0).choice().backend()).isEmpty();
    assertThat(scenario.metrics()).hasSize(4);
    assertThat(scenario.expectations()).isEmpty();
    assertThat(scenario.steps())
        .flatExtracting(Step::of)
        .containsExactly(Step.CLEAN, "fgsm", "greedy");
    assertThat(scenario.steps())
        .allSatisfy(step -> assertThat(step.goal()).isEqualTo(new Goal.Untargeted()));
    SampleSteps.AttackKeys attack = attack(scenario, "fgsm");
    assertThat(attack.queries()).isEmpty();
    assertThat(attack.grid()).isEqualTo(Grid.FLOAT);
    assertThat(attack.samples()).isEqualTo(SampleSteps.Samples.CORRECT);
    assertThat(step(scenario, "recover").content().components())
        .extracting(defense -> defense.descriptor().id())
        .containsExactly("randomization", "autoencoder");
  }

  @Test
  void readsWhatBelongsToOneStep() {
    Scenario scenario =
        folder.read(
            HEAD
                + """
                goal: {targeted: least-likely}
                steps:
                  - {id: a, attack: fgsm, goal: untargeted, queries: 500, grid: 8bit, samples: all}
                  - {id: b, attack: fgsm}
                """);

    assertThat(step(scenario, "a").goal()).isEqualTo(new Goal.Untargeted());
    assertThat(attack(scenario, "a").queries()).hasValue(500L);
    assertThat(attack(scenario, "a").grid()).isEqualTo(Grid.EIGHT_BIT);
    assertThat(attack(scenario, "a").samples()).isEqualTo(SampleSteps.Samples.ALL);
    assertThat(step(scenario, "b").goal()).isEqualTo(new Goal.LeastLikely());
  }

  @Test
  void describesTheWholeScenarioAsPlainValuesThatReadTheSame() {
    Scenario scenario =
        folder.read(HEAD + "steps:\n  - {id: a, attack: {use: fgsm, with: {epsilon: 8px}}}\n");

    assertThat(scenario.effective())
        .containsEntry("hone", 1)
        .containsEntry("name", "small")
        .containsEntry("seed", 0L)
        .containsEntry(
            "dataset",
            Map.of("use", "mnist", "with", Map.of("split", "test", "classes", List.of())))
        .containsEntry("model", Map.of("card", "models/lenet5"))
        .containsEntry("goal", "untargeted")
        .containsEntry("save", "successes")
        .containsEntry(
            "steps",
            List.of(
                Map.of(
                    "id",
                    "a",
                    "attack",
                    Map.of("use", "fgsm", "with", Map.of("epsilon", 8 / 255.0, "norm", "linf")),
                    "of",
                    "clean",
                    "grid",
                    "float",
                    "samples",
                    "correct")));
  }

  @Test
  void takesOptionsOverTheFile() {
    ScenarioReader reader =
        new ScenarioReader(SampleComponents.registry(), SampleSteps.grammars(), temporary);
    Scenario scenario =
        reader.read(
            folder.write(ScenarioFolder.MAIN_JOB),
            new ScenarioOptions(
                List.of(
                    "seed=8",
                    "steps.fgsm.attack.with={epsilon: 0.25, norm: l2}",
                    "steps.fgsm.queries=9",
                    "steps.1.improve.with.step=3"),
                OptionalLong.of(10),
                OptionalInt.of(5),
                OptionalInt.of(3)));

    assertThat(scenario.seed()).isEqualTo(8);
    assertThat(scenario.selection()).isEqualTo(Selection.first(10));
    assertThat(scenario.batch()).isEqualTo(5);
    assertThat(scenario.threads()).isEqualTo(3);
    assertThat(attack(scenario, "fgsm").queries()).hasValue(9L);
    assertThat(component(scenario, "fgsm").parameters())
        .isEqualTo(new SampleComponents.Fgsm.Params(0.25f, SampleComponents.Fgsm.Norm.L2));
    assertThat(component(scenario, "greedy").parameters())
        .isEqualTo(new SampleComponents.Greedy.Params(3));
    assertThat(scenario.effective())
        .containsEntry("run", Map.of("batch", 5, "threads", 3))
        .extractingByKey("dataset")
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("take", 10L);
  }

  @Test
  void readsASelection() {
    ScenarioReader reader =
        new ScenarioReader(SampleComponents.registry(), SampleSteps.grammars(), temporary);
    Scenario scenario =
        reader.read(
            folder.write(
                ScenarioFolder.MAIN_JOB.replace(
                    "take: 1000", "select: {from: 10, to: 500, count: 40, per-class: 5, seed: 3}")),
            new ScenarioOptions(
                List.of(), OptionalLong.of(30), OptionalInt.empty(), OptionalInt.empty()));

    assertThat(scenario.selection())
        .isEqualTo(
            new Selection(
                Optional.of(10L),
                Optional.of(500L),
                Optional.of(30L),
                Optional.of(5L),
                Optional.of(3L)));
    assertThat(scenario.effective())
        .extractingByKey("dataset")
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .doesNotContainKey("take")
        .containsEntry(
            "select", Map.of("from", 10L, "to", 500L, "count", 30L, "per-class", 5L, "seed", 3L));
  }

  @Test
  void takesASelectionOfTheFirstImagesForTheSameScenario() {
    Scenario selecting =
        folder.read(ScenarioFolder.MAIN_JOB.replace("take: 1000", "select: {count: 1000}"));

    assertThat(selecting.selection()).isEqualTo(Selection.first(1000));
    assertThat(selecting.effective()).isEqualTo(folder.read(ScenarioFolder.MAIN_JOB).effective());
  }

  @Test
  void followsAliases() {
    Scenario scenario =
        folder.read(
            HEAD
                + """
                steps:
                  - {id: a, attack: &attack {use: fgsm, with: {epsilon: &size 0.2}}}
                  - {id: b, attack: *attack}
                  - {id: c, attack: {use: fgsm, with: {epsilon: *size}}}
                """);

    assertThat(scenario.steps())
        .flatExtracting(step -> step.content().components())
        .extracting(BoundComponent::parameters)
        .containsOnly(new SampleComponents.Fgsm.Params(0.2f, SampleComponents.Fgsm.Norm.LINF));
  }

  @Test
  void expectsFiguresOfEntriesWithDotsInTheirNames() {
    Scenario scenario =
        folder.read(
            ScenarioFolder.MAIN_JOB.replace(
                "[\"greedy.reduction_rate.l0 > 0.7\"]",
                "[\"learned[threshold=0.96].l2.mean<=1e-1\", \"clean.accuracy >= 0.9\","
                    + " \"recover@finish[threshold=0.93].recovery_rate != 0\"]"));

    assertThat(scenario.expectations())
        .extracting(Expectation::step, Expectation::figure, Expectation::operator)
        .containsExactly(
            tuple("learned[threshold=0.96]", "l2.mean", Expectation.Operator.LESS_OR_EQUAL),
            tuple("clean", "accuracy", Expectation.Operator.GREATER_OR_EQUAL),
            tuple(
                "recover@finish[threshold=0.93]", "recovery_rate", Expectation.Operator.NOT_EQUAL));
  }

  @Test
  void tellsLaterErrorsAtTheirPlaceToo() {
    Scenario scenario = folder.read(ScenarioFolder.MAIN_JOB);

    assertThat(scenario.places().error("steps.greedy.improve.with.step", "is odd", "try 6"))
        .hasMessageContaining("test.yaml:12:55: is odd")
        .hasMessageContaining("try 6");
    assertThat(scenario.places().error("run.nothing", "is gone"))
        .hasMessageContaining("test.yaml:8:6: is gone");
  }
}
