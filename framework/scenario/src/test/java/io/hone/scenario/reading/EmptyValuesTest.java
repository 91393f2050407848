package io.hone.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hone.scenario.diagnostics.ScenarioException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key without a value is told at its place, wherever it is. */
class EmptyValuesTest {
  private static final List<String> EMPTY = List.of("", "[]", "[~]", "{}");

  private static final String TRAINING =
      """
      hone: 1
      name: mnist-redundancy-fgsm
      seed: 7
      train: {use: redundancy-autoencoder, with: {epochs: 30}}
      data:
        dataset: {use: mnist, with: {split: train, classes: [9]}, take: 500}
        model: {card: models/lenet5}
        goal: {targeted: 4}
        steps: [{id: fgsm, attack: {use: fgsm, with: {epsilon: 0.3}}}, {id: greedy, improve: greedy, of: fgsm}]
      validation: {fraction: 0.2}
      test: {use: mnist}
      out: models/mnist-redundancy-fgsm
      """;

  /** A value: the text between a key's colon and the next key, comma or end. */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?<=[a-z]: {1,9})(\\[[^\\]]*\\]|\\{(?:[^{}]|\\{[^{}]*\\})*\\}|[^,{}\\[\\]\\n ]+)");

  @TempDir Path temporary;
  private ScenarioFolder folder;

  @BeforeEach
  void prepare() {
    folder = new ScenarioFolder(temporary);
  }

  @Test
  void everyValueMayBeEmptyAndIsReadOrRefused() {
    String scenario =
        ScenarioFolder.MAIN_JOB.replace(
            "of: learned}", "of: learned, queries: 5, grid: 8bit, samples: all}");
    for (String text : variants(scenario)) {
      refusal(() -> folder.read(text), text);
    }
    for (String text : variants(TRAINING)) {
      refusal(() -> folder.readTraining(text), text);
    }
  }

  private interface Reading {
    void read();
  }

  private static ScenarioException refusal(Reading reading, String text) {
    try {
      reading.read();
      return null;
    } catch (ScenarioException refused) {
      assertThat(refused.diagnostics())
          .isNotEmpty()
          .allSatisfy(problem -> assertThat(problem.place().line()).isPositive());
      return refused;
    } catch (RuntimeException unexpected) {
      throw new AssertionError("reading\n" + text, unexpected);
    }
  }

  private static List<String> variants(String text) {
    List<String> variants = new ArrayList<>();
    Matcher value = VALUE.matcher(text);
    int at = 0;
    while (value.find(at)) {
      for (String empty : EMPTY) {
        variants.add(text.substring(0, value.start()) + empty + text.substring(value.end()));
      }
      at = value.start() + 1;
    }
    assertThat(variants).hasSizeGreaterThan(100);
    return variants;
  }

  @ParameterizedTest
  @CsvSource({
    "of, ''",
    "of, ~",
    "of, 'null'",
    "of, '[~]'",
    "of, '[fgsm, ~]'",
    "of, '[]'",
    "goal, ''",
    "queries, ~",
    "grid, ~",
    "samples, ~",
    "attack, ''"
  })
  void aStepsKeyWithoutAValueIsToldAtItsPlace(String key, String empty) {
    String steps =
        "  - {id: fgsm, "
            + (key.equals("attack") ? "" : "attack: fgsm")
            + (key.equals("of") ? "" : (key.equals("attack") ? "" : ", ") + key + ": " + empty)
            + "}\n"
            + "  - {id: greedy, improve: greedy"
            + (key.equals("of") ? ", of: " + empty : "")
            + "}\n";
    String text =
        """
        hone: 1
        name: empty
        dataset: mnist
        model: {card: models/lenet5}
        steps:
        """
            + steps;

    ScenarioException refused =
        catchThrowableOfType(ScenarioException.class, () -> folder.read(text));
    assertThat(refused).as(text).isNotNull();
    assertThat(refused.getMessage()).contains(key.equals("of") ? "test.yaml:7:" : "test.yaml:6:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "[~]"})
  void aTrainingsStepToo(String empty) {
    String text = TRAINING.replace("of: fgsm", "of: " + empty);
    ScenarioException refused =
        catchThrowableOfType(ScenarioException.class, () -> folder.readTraining(text));
    assertThat(refused).as(text).isNotNull();
    assertThat(refused.getMessage()).contains(":9:");
  }
}
