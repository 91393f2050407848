package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.hone.scenario.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What {@code hone schema} prints accepts what Hone runs, for every kind of step. */
class SchemaIT {
  @RegisterExtension final HoneExtension hone = new HoneExtension();

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String CHAIN =
      """
      hone: 1
      name: chain
      dataset: mnist
      model: {card: models/mnist-lenet5}
      steps:
        - {id: a, attack: {use: fgsm, with: {epsilon: 0.2}}, goal: {targeted: 4}, grid: 8bit}
        - {id: b, improve: greedy, queries: 9}
        - {id: c, combine: [a, b], norm: l2}
        - {id: d, defend: [randomization], of: [clean, c]}
        - {id: e, evaluate: {card: models/mnist-lenet5-seed8}, of: d}
      matrix: {model.card: [models/mnist-lenet5, models/mnist-lenet5-seed8]}
      """;

  @TempDir private Path folder;

  private Schema schema(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("schema"));
    arguments.addAll(List.of(options));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(JSON.readTree(hone.runHere(arguments.toArray(String[]::new)).out()));
  }

  private static List<String> errors(Schema schema, Path file) {
    return schema.validate(JSON.valueToTree(YamlReader.read(file).plain())).stream()
        .map(Error::toString)
        .toList();
  }

  @Test
  void acceptsEveryScenarioThatIsShipped() throws Exception {
    Schema scenarios = schema();
    Schema trainings = schema("--training");
    Path shipped = HoneProcess.checkout().resolve("scenarios");
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        boolean trains = file.startsWith(shipped.resolve("train"));
        assertThat(errors(trains ? trainings : scenarios, file)).as(file.toString()).isEmpty();
      }
    }
  }

  @Test
  void acceptsAStepOfEveryKind() throws Exception {
    assertThat(errors(schema(), Files.writeString(folder.resolve("chain.yaml"), CHAIN))).isEmpty();
  }

  /** Tells whether the schema accepts a training with an architecture. */
  private boolean accepts(Schema trainings, String architecture) throws IOException {
    String training =
        """
        hone: 1
        name: own
        train: {use: classifier, with: {architecture: %s}}
        data: {dataset: mnist}
        out: own
        """
            .formatted(architecture);
    return errors(trainings, Files.writeString(folder.resolve("train.yaml"), training)).isEmpty();
  }

  @Test
  void acceptsTheArchitecturesThatFitATrainer() throws Exception {
    Schema trainings = schema("--training");

    assertThat(accepts(trainings, "resnet20")).isTrue();
    assertThat(accepts(trainings, "{use: resnet20, with: {filters: 32}}")).isTrue();
    assertThat(accepts(trainings, "denoiser")).isFalse();
    assertThat(accepts(trainings, "{use: resnet20, with: {filters: 0}}")).isFalse();
    assertThat(accepts(trainings, "{use: resnet20, with: {width: 3}}")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{id: x, evaluate: {card: m}, grid: 8bit}",
        "{id: x, evaluate: models/mnist-lenet5}",
        "{id: x, combine: [a, b], of: a}",
        "{id: x, combine: [a, b], norm: l3}",
        "{id: x, defend: [randomization], queries: 3}",
        "{id: x, attack: fgsm, improve: greedy}",
        "{id: x}"
      })
  void refusesStepsThatMeanNothing(String step) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("wrong.yaml"), CHAIN.replace("matrix:", "  - " + step + "\nmatrix:"));

    assertThat(errors(schema(), file)).isNotEmpty();
  }
}
