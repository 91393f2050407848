package io.hone.scenario.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.binding.InlinedSample;
import io.hone.scenario.binding.SampleComponents;
import io.hone.scenario.diagnostics.SourceText;
import io.hone.scenario.reading.SampleSteps;
import io.hone.scenario.yaml.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ScenarioSchemaTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String SCENARIO =
      """
      hone: 1
      name: mnist
      seed: 7
      dataset: {use: mnist, with: {split: test, classes: [9]}, take: 1000}
      model:
        card: models/lenet5
        backend: {use: onnxruntime, with: {device: cpu}}
      run: {batch: 64, threads: 2}
      goal: {targeted: {9: 4}}
      steps:
        - {id: fgsm, attack: {use: fgsm, with: {epsilon: 8/255}}, goal: {targeted: next-best}}
        - {id: all, attack: {use: elaborate, with: {rounds: 3, schedule: {rate: 1}, sizes: [8px, 0.1]}}}
        - {id: greedy, improve: {use: greedy, with: {step: 6}}, of: fgsm, grid: 8bit}
        - {id: recover, defend: [{use: autoencoder, with: {model: m}}, randomization], of: [clean, fgsm]}
      matrix: {steps.greedy.improve.with.step: [1, 6]}
      metrics: [success-rate, {use: reduction-rate, with: {successes: false}}]
      save: all
      expect: ["greedy.reduction_rate.l0 > 0.7"]
      """;

  private static final String TRAINING =
      """
      hone: 1
      name: redundancy
      train: {use: redundancy-autoencoder, with: {epochs: 2}}
      data:
        dataset: {use: mnist, take: 10}
        model: {card: models/lenet5}
        steps: [{id: fgsm, attack: fgsm}]
      validation: {fraction: 0.1}
      test: mnist
      out: models/x
      """;

  private static List<String> errors(ObjectNode schema, String yaml) {
    Schema validator =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JSON.readTree(schema.toString()));
    Object plain = YamlReader.parse(SourceText.ofFile("a.yaml", yaml)).plain();
    return validator.validate(JSON.valueToTree(plain)).stream().map(Error::toString).toList();
  }

  @Test
  void acceptsScenarios() {
    assertThat(
            errors(
                ScenarioSchema.ofScenarios(SampleComponents.registry(), SampleSteps.grammars()),
                SCENARIO))
        .isEmpty();
  }

  @Test
  void acceptsTrainings() {
    ObjectNode schema =
        ScenarioSchema.ofTrainings(SampleComponents.registry(), SampleSteps.grammars());

    assertThat(errors(schema, TRAINING)).isEmpty();
    assertThat(errors(schema, TRAINING.replace("fraction: 0.1", "fraction: 1"))).isNotEmpty();
    assertThat(errors(schema, TRAINING.replace("{fraction: 0.1}", "{use: mnist}"))).isEmpty();
    assertThat(errors(schema, TRAINING.replace("out:", "into:"))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "use: hardener | true",
        "use: hardener, engine: x, shards: 2, attack: fgsm | true",
        "use: hardener, model: {card: m}, only: last | true",
        "use: hardener, model: {card: m, weights: fresh}, only: [last, 'a*'] | true",
        "use: hardener, attack: {use: fgsm, with: {epsilon: 8/255}} | true",
        "use: hardener, shards: 0 | false",
        "use: hardener, shards: two | false",
        "use: hardener, engine: 3 | false",
        "use: hardener, model: m | false",
        "use: hardener, model: {weights: kept} | false",
        "use: hardener, model: {card: m, weights: old} | false",
        "use: hardener, only: [last] | false",
        "use: hardener, model: {card: m}, only: [] | false",
        "use: hardener, attack: fgms | false",
        "use: hardener, attack: {use: fgsm, with: {epsilon: 2}} | false",
        "use: hardener, threads: 2 | false",
        "use: shard-trainer, shards: 2 | true",
        "use: shard-trainer, attack: fgsm | false",
        "use: redundancy-autoencoder, shards: 2 | false"
      })
  void knowsWhatEachTrainerTakes(String train, boolean valid) {
    ObjectNode schema =
        ScenarioSchema.ofTrainings(SampleComponents.registry(), SampleSteps.grammars());
    String changed = TRAINING.replace("use: redundancy-autoencoder, with: {epochs: 2}", train);
    assertThat(changed).contains(train);

    assertThat(errors(schema, changed).isEmpty()).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hone: 1 | hone: 2",
        "name: mnist | nam: mnist",
        "name: mnist | name: a/b",
        "seed: 7 | seed: x",
        "use: mnist | use: minst",
        "split: test | split: tset",
        "classes: [9] | classes: [10]",
        "classes: [9] | classes: 9",
        "take: 1000 | take: 0",
        "take: 1000 | tke: 1000",
        "take: 1000 | select: {from: -1}",
        "take: 1000 | select: {per-class: 0}",
        "take: 1000 | select: {first: 3}",
        "card: models/lenet5 | cart: models/lenet5",
        "device: cpu | device: tpu",
        "batch: 64 | batch: 0",
        "{9: 4} | {nine: 4}",
        "{9: 4} | nearest",
        "epsilon: 8/255 | epsilon: 2",
        "epsilon: 8/255 | epsilon: eight",
        "epsilon: 8/255 | eps: 0.1",
        "rounds: 3, |",
        "rate: 1 | rate: 7",
        "sizes: [8px, 0.1] | sizes: [8pixel]",
        "step: 6} | step: 0}",
        "grid: 8bit | grid: 9bit",
        "with: {model: m} | with: {}",
        "of: [clean, fgsm] | of: []",
        "steps.greedy.improve.with.step: | dataset.take:",
        "success-rate, | succes-rate,",
        "successes: false | successes: 3",
        "save: all | save: some"
      })
  void refusesWhatTheReaderRefuses(String from, String to) {
    assertThat(SCENARIO).contains(from);
    String changed = SCENARIO.replace(from, to == null ? "" : to);

    assertThat(
            errors(
                ScenarioSchema.ofScenarios(SampleComponents.registry(), SampleSteps.grammars()),
                changed))
        .isNotEmpty();
  }

  @Test
  void tellsEditorsMeaningsAndDefaults() {
    String schema =
        ScenarioSchema.ofScenarios(SampleComponents.registry(), SampleSteps.grammars())
            .toPrettyString();

    assertThat(schema)
        .contains("https://json-schema.org/draft/2020-12/schema")
        .contains("Seed of all random streams.")
        .contains("Takes one signed gradient step.")
        .contains("Step size in pixel units of [0, 1].")
        .contains("\"default\" : \"successes\"")
        .contains("\"default\" : 256");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{rounds: 2, reach: 8/255} | true",
        "{rounds: 2, reach: 1, max-steps: 3, stop-early: false, decay: 0.5} | true",
        "{rounds: 2, reach: 1, more: [{reach: 0.1, stop-early: true}]} | true",
        "{rounds: 2, reach: 1, more: [{reach: 0.1}]} | false",
        "{reach: 0.1} | false",
        "{rounds: 2} | false",
        "{rounds: 2, reach: 0.1, max-steps: 0} | false",
        "{rounds: 2, reach: 2} | false",
        "{rounds: 2, reach: 0.1, budget: {}} | false"
      })
  void knowsTheParametersOfInlinedRecords(String parameters, boolean valid) {
    String scenario =
        """
        hone: 1
        name: inlined
        dataset: mnist
        model: {card: models/lenet5}
        steps: [{id: a, attack: {use: inlined, with: %s}}]
        """
            .formatted(parameters);
    assertThat(
            errors(
                    ScenarioSchema.ofScenarios(InlinedSample.registry(), SampleSteps.grammars()),
                    scenario)
                .isEmpty())
        .isEqualTo(valid);
  }

  @Test
  void tellsEditorsTheDefaultsThatAUserOfAnInlinedRecordGives() {
    ObjectNode schema =
        ScenarioSchema.ofScenarios(InlinedSample.registry(), SampleSteps.grammars());
    JsonNode properties = schema.findParent("rounds");
    assertThat(properties.propertyNames())
        .containsExactly("rounds", "reach", "max-steps", "stop-early", "decay", "more");
    assertThat(properties.at("/max-steps/default").asInt()).isEqualTo(40);
    assertThat(properties.at("/stop-early/default").asBoolean()).isTrue();
    assertThat(properties.at("/max-steps/description").asString()).isEqualTo("How many steps.");
  }

  @Test
  void isValidWithoutAnyComponentAndRefusesEveryScenario() {
    ObjectNode schema =
        ScenarioSchema.ofScenarios(new ComponentRegistry(List.of()), SampleSteps.grammars());

    assertThat(errors(schema, SCENARIO)).isNotEmpty();
  }

  @Test
  void isASchemaItself() {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(
            meta.validate(
                JSON.readTree(
                    ScenarioSchema.ofScenarios(SampleComponents.registry(), SampleSteps.grammars())
                        .toString())))
        .isEmpty();
  }
}
