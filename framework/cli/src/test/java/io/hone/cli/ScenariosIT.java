package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.Hone;
import io.hone.api.data.ImageShape;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.ModelCard;
import io.hone.engine.data.DataFolder;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import io.hone.engine.step.StepTypes;
import io.hone.onnxruntime.OnnxRuntimeBackend;
import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.card.ModelCards;
import io.hone.scenario.document.StepGrammars;
import io.hone.scenario.reading.ScenarioReader;
import io.hone.scenario.reading.TrainingScenarioReader;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario of the checkout fits the components and models it names, and the papers' run. */
class ScenariosIT {
  private static final String PAPER = "papers/improving-quality";
  private static final int TRUCK = 9;
  private static final int HORSE = 7;

  @TempDir static Path data;
  @TempDir Path folder;

  @BeforeAll
  static void setUp() throws IOException {
    DataSetFiles files = new DataSetFiles(data);
    files.writeMnistTrainingSet();
    ModelCard card = ModelCards.read(HoneProcess.checkout().resolve("models/cifar10-alexnet"));
    try (Classifier model =
        new OnnxRuntimeBackend()
            .openClassifier(OnnxRuntimeBackend.Params.CPU, card, new TestRun(0))) {
      BoundaryImages trucks =
          new BoundaryImages((DifferentiableClassifier) model, new ImageShape(3, 32, 32));
      files.writeCifar10(trucks.make(8, TRUCK, HORSE), TRUCK);
    }
  }

  private static Path scenarios() {
    return HoneProcess.checkout().resolve("scenarios");
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void everyScenarioIsWithoutErrors() throws IOException {
    Path home = HoneProcess.checkout();
    try (Hone hone = InstalledHone.builder().open()) {
      StepGrammars steps = StepTypes.installed().grammars();
      ScenarioReader scenarios = new ScenarioReader(hone.components(), steps, home);
      TrainingScenarioReader trainings = new TrainingScenarioReader(hone.components(), steps, home);
      Path ofTraining = scenarios().resolve("train");
      for (Path file : files(scenarios())) {
        String name =
            file.startsWith(ofTraining)
                ? trainings.read(file, ScenarioOptions.of()).get(0).name()
                : scenarios.read(file, ScenarioOptions.of()).name();
        assertThat(name).as(file.toString()).isNotBlank();
      }
    }
  }

  static List<Path> ofThePaper() throws IOException {
    return files(scenarios().resolve(PAPER));
  }

  @ParameterizedTest
  @MethodSource("ofThePaper")
  void aScenarioOfThePaperRuns(Path file) {
    Summary summary = run(file, data);

    assertThat(summary.steps())
        .filteredOn(step -> !step.kind().equals("clean"))
        .allSatisfy(step -> assertThat(step.attempted()).as(step.name()).isPositive());
  }

  /** With real data at hand, the scenarios run on them too. */
  @TestFactory
  Stream<DynamicTest> aScenarioOfThePaperRunsOnRealData() throws IOException {
    Path real = DataFolder.of(Optional.empty());
    return ofThePaper().stream()
        .filter(file -> Files.isDirectory(real.resolve(dataSet(file))))
        .map(file -> DynamicTest.dynamicTest(file.toString(), () -> run(file, real)));
  }

  private static String dataSet(Path file) {
    return file.toString().contains("cifar10") ? "cifar-10-batches-bin" : "mnist";
  }

  private Summary run(Path file, Path dataFolder) {
    Path results = folder.resolve(dataFolder.getFileName()).resolve(file.getFileName());
    int exitCode =
        Main.commandLine()
            .execute(
                "run",
                file.toString(),
                "--out=" + results,
                "--data-dir=" + dataFolder,
                "--limit=4",
                "--set=expect=[]");

    assertThat(exitCode).isZero();
    Summary summary = SummaryFile.read(results);
    assertThat(summary.steps()).isNotEmpty();
    assertThat(summary.steps())
        .filteredOn(step -> step.kind().equals("improve"))
        .extracting(StepSummary::metrics)
        .allSatisfy(metrics -> assertThat(metrics).containsEntry("success_rate", 1.0));
    assertThat(results.resolve("report.html")).exists();
    return summary;
  }

  @Test
  void thePageOfThePaperNamesItsScenarios() throws IOException {
    String page = Files.readString(scenarios().resolve(PAPER).resolve("README.md"));
    for (Path file : ofThePaper()) {
      Path parent = file.getParent();
      boolean below = !parent.equals(scenarios().resolve(PAPER));
      assertThat(page).contains((below ? parent : file).getFileName().toString());
    }
  }
}
