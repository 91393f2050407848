package io.hone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.geometry.Norm;
import io.hone.api.metric.Distances;
import io.hone.api.model.ModelCard;
import io.hone.engine.RunResult;
import io.hone.engine.results.Status;
import io.hone.host.figure.FigureTree;
import io.hone.plugins.gradient.FastGradientSign;
import io.hone.plugins.gradient.ProjectedGradientDescent;
import io.hone.plugins.gradient.StepBudget;
import io.hone.scenario.Goal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoneTest {
  private static final int COUNT = 40;
  private static final Map<String, Object> STEPS = Map.of("epsilon", 0.2, "steps", 5);

  @TempDir private static Path work;

  private static Hone hone;
  private static Model model;
  private static Digits digits;

  @BeforeAll
  static void open() {
    hone = Hone.builder().home(Digits.CHECKOUT).workFolder(work).threads(2).open();
    model = hone.model(Digits.LENET);
    digits = Digits.first(hone, COUNT);
  }

  @AfterAll
  static void close() {
    hone.close();
  }

  private static Examples attacked() {
    return hone.attack("pgd", STEPS).seed(7).run(model, digits.images(), digits.labels());
  }

  private static RunResult scenario() throws Exception {
    Path file = work.resolve("digits.yaml");
    Files.writeString(
        file,
        """
        hone: 1
        name: digits
        seed: 7
        dataset: {use: mnist, with: {split: test}, take: %d}
        model: {card: models/mnist-lenet5}
        steps:
        - {id: pgd, attack: {use: pgd, with: {epsilon: 0.2, steps: 5}}}
        - {id: greedy, of: pgd, improve: {use: greedy, with: {step: 8}}}
        - {id: randomization, of: pgd, defend: {use: randomization}}
        """
            .formatted(COUNT));
    return hone.run(file);
  }

  private static double figure(RunResult result, String step, String path) {
    return FigureTree.find(
            result.summary().steps().stream()
                .filter(entry -> entry.name().startsWith(step))
                .findFirst()
                .orElseThrow()
                .metrics(),
            path)
        .orElseThrow();
  }

  @Test
  void runsAScenarioAndWritesItsReport() throws Exception {
    RunResult result = scenario();
    assertThat(result.status()).isEqualTo(Status.COMPLETED);
    assertThat(result.folder()).isEqualTo(work.resolve("digits"));
    assertThat(result.folder().resolve("report.html")).isRegularFile();
  }

  @Test
  void findsWithoutYamlWhatAScenarioFinds() throws Exception {
    RunResult result = scenario();
    Examples examples = attacked();
    assertThat(examples.successRate()).isEqualTo(figure(result, "pgd", "success_rate"));
    assertThat(examples.meanDistance(Distances::l2))
        .isCloseTo(figure(result, "pgd", "l2.mean"), within(1e-9));
    Examples sharpened = hone.improver("greedy", Map.of("step", 8)).seed(7).run(model, examples);
    assertThat(sharpened.meanDistance(Distances::l0))
        .isCloseTo(figure(result, "greedy", "l0.mean"), within(1e-9));
    Examples recovered = hone.defense("randomization", Map.of()).seed(7).run(model, examples);
    assertThat(recovered.robustAccuracy())
        .isCloseTo(figure(result, "randomization", "accuracy"), within(1e-9));
  }

  @Test
  void improvesAndMeasures() {
    Examples examples = attacked();
    Examples sharpened = hone.improver("greedy", Map.of("step", 8)).run(model, examples);
    assertThat(sharpened.successRate()).isEqualTo(1);
    assertThat(sharpened.received()).contains(examples);
    assertThat(sharpened.meanDistance(Distances::l0))
        .isLessThan(examples.meanDistance(Distances::l0));
    Map<String, Double> reduction = hone.metric("reduction-rate", Map.of()).of(sharpened);
    assertThat(reduction.get("reduction_rate.l0")).isBetween(0.01, 1.0);
    assertThat(hone.metric("success-rate", Map.of()).of(examples).values())
        .contains(examples.successRate());
  }

  @Test
  void tellsTheRobustAccuracyOfAModel() {
    Examples examples = attacked();
    double clean = model.accuracy(digits.images(), digits.labels());
    assertThat(clean).isGreaterThan(0.9).isEqualTo(examples.cleanAccuracy());
    long robust =
        examples.all().stream()
            .filter(example -> example.cleanPrediction() == example.label() && !example.success())
            .count();
    assertThat(examples.robustAccuracy()).isEqualTo((double) robust / COUNT).isLessThan(clean);
    assertThat(examples.all())
        .filteredOn(Example::attempted)
        .allMatch(example -> example.queries() > 0);
  }

  @Test
  void takesTypedParameters() {
    Examples byId =
        hone.attack("fgsm", Map.of("epsilon", 0.1)).run(model, digits.images(), digits.labels());
    Examples byClass =
        hone.attack(FastGradientSign.class, new FastGradientSign.Params(0.1, Norm.LINF))
            .run(model, digits.images(), digits.labels());
    assertThat(byClass.images().buffer()).isEqualTo(byId.images().buffer());
  }

  @Test
  void takesTypedParametersThatAreSharedByAttacks() {
    StepBudget budget = new StepBudget(0.2, 0.1, 5, Norm.LINF);
    Examples byClass =
        hone.attack(
                ProjectedGradientDescent.class,
                new ProjectedGradientDescent.Params(
                    budget, true, 1, ProjectedGradientDescent.Descended.CROSS_ENTROPY, true))
            .seed(7)
            .run(model, digits.images(), digits.labels());
    assertThat(byClass.images().buffer()).isEqualTo(attacked().images().buffer());
  }

  @Test
  void pursuesAGoalWithinABudget() {
    Examples examples =
        hone.attack("pgd", STEPS)
            .goal(new Goal.Fixed(3))
            .queries(4)
            .allSamples()
            .run(model, digits.images(), digits.labels());
    assertThat(examples.all())
        .filteredOn(Example::attempted)
        .isNotEmpty()
        .allMatch(example -> example.target() == 3 && example.queries() <= 4);
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    Examples alone = attacked();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Examples>> calls =
          Stream.generate(() -> (Callable<Examples>) HoneTest::attacked).limit(4).toList();
      for (Future<Examples> call : threads.invokeAll(calls)) {
        assertThat(call.get().images().buffer()).isEqualTo(alone.images().buffer());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void opensTwiceInOneProcess() {
    try (Hone other = Hone.builder().threads(1).open()) {
      Examples there =
          other
              .attack("pgd", STEPS)
              .seed(7)
              .run(other.model(Digits.LENET), digits.images(), digits.labels());
      assertThat(there.images().buffer()).isEqualTo(attacked().images().buffer());
    }
    assertThat(attacked().size()).isEqualTo(COUNT);
  }

  @Test
  void keepsItsSettingsWhateverBecomesOfTheBuilder(@TempDir Path elsewhere) throws Exception {
    Path file = elsewhere.resolve("few.yaml");
    Files.writeString(
        file,
        """
        hone: 1
        name: few
        dataset: {use: mnist, with: {split: test}, take: 2}
        model: {card: models/mnist-lenet5}
        steps: [{id: fgsm, attack: {use: fgsm}}]
        """);
    HoneBuilder builder = Hone.builder().home(Digits.CHECKOUT).workFolder(work);
    try (Hone own = builder.open()) {
      builder.home(elsewhere).workFolder(elsewhere).version("another");
      RunResult result = own.run(file);
      assertThat(result.folder()).isEqualTo(work.resolve("few"));
      assertThat(result.summary().provenance()).containsEntry("hone", "development");
    }
  }

  @Test
  void readsTheFileOfAModelOnceForItsCard(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.onnx");
    Files.copy(Digits.LENET.resolve("model.onnx"), file);
    Model bare = hone.model(file);
    ModelCard card = bare.card();
    Files.delete(file);
    assertThat(bare.card()).isEqualTo(card);
  }

  @Test
  void keepsResultsApartFromTheArraysOfTheProgram() {
    Digits own = Digits.first(hone, 4);
    Examples examples = hone.attack("fgsm", Map.of()).run(model, own.images(), own.labels());
    float before = examples.clean().get(0, 300);
    own.images().set(0, 300, 1 - before);
    assertThat(examples.clean().get(0, 300)).isEqualTo(before);
  }
}
