package io.hone.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses against PyTorch's own differentiation, recorded by {@code record_losses.py}. */
class LogitLossTest {
  private record Recorded(Loss loss, int looked, float[] logits, double value, double[] gradient) {
    static Recorded of(String line) {
      String[] fields = line.split(",");
      return new Recorded(
          loss(fields[0], Boolean.parseBoolean(fields[1])),
          Integer.parseInt(fields[2]),
          floats(fields[3]),
          Double.parseDouble(fields[4]),
          Arrays.stream(fields[5].split(" ")).mapToDouble(Double::parseDouble).toArray());
    }

    private static Loss loss(String name, boolean targeted) {
      return switch (name) {
        case "cross-entropy" -> Loss.crossEntropy(targeted);
        case "margin" -> Loss.margin(targeted, Float.POSITIVE_INFINITY);
        case "dlr" -> Loss.dlr(targeted);
        case "probability-margin" -> Loss.probabilityMargin(targeted);
        default -> throw new IllegalArgumentException(name);
      };
    }

    private static float[] floats(String numbers) {
      String[] words = numbers.split(" ");
      float[] values = new float[words.length];
      for (int index = 0; index < values.length; index++) {
        values[index] = Float.parseFloat(words[index]);
      }
      return values;
    }
  }

  private static Stream<Recorded> recorded() throws IOException {
    InputStream file =
        Objects.requireNonNull(LogitLossTest.class.getResourceAsStream("logit-losses.csv"));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return reader.lines().toList().stream().map(Recorded::of);
    }
  }

  @Test
  void agreesWithPyTorch() throws IOException {
    List<Recorded> all = recorded().toList();
    assertThat(all).hasSizeGreaterThan(500);
    for (Recorded expected : all) {
      LogitLoss actual = LogitLoss.of(expected.loss(), expected.logits(), expected.looked());
      String name = expected.loss() + " of " + Arrays.toString(expected.logits());
      assertThat(actual.value()).as(name).isCloseTo(expected.value(), within(1e-9));
      for (int k = 0; k < expected.gradient().length; k++) {
        double exact = expected.gradient()[k];
        assertThat((double) actual.gradient()[k])
            .as("%s, class %s of the gradient", name, k)
            .isCloseTo(exact, within(1e-7 * Math.max(1, Math.abs(exact))));
      }
    }
  }

  static Stream<Loss> bothRatios() {
    return Stream.of(Loss.dlr(true), Loss.dlr(false));
  }

  @ParameterizedTest
  @MethodSource("bothRatios")
  void aFactorAndAnAddendOfAllLogitsChangeNoRatio(Loss ratio) {
    Random random = new Random(6);
    for (int round = 0; round < 100; round++) {
      float[] logits = new float[6];
      float[] changed = new float[6];
      for (int k = 0; k < logits.length; k++) {
        // Eighths times 7 plus 3 are exact in float, so the changed logits are, too.
        logits[k] = random.nextInt(-100, 100) / 8f;
        changed[k] = 7 * logits[k] + 3;
      }
      int looked = random.nextInt(6);
      double plain = LogitLoss.of(ratio, logits, looked).value();
      assertThat(LogitLoss.of(ratio, changed, looked).value())
          .isCloseTo(plain, within(1e-6 * Math.max(1, Math.abs(plain))));
      Loss margin = Loss.margin(ratio.targeted(), Float.POSITIVE_INFINITY);
      double gap = LogitLoss.of(margin, logits, looked).value();
      assertThat(LogitLoss.of(margin, changed, looked).value()).isEqualTo(7 * gap);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void fewClassesLeaveTheMarginOrNothing(int classes) {
    float[] logits = {3, 1};
    for (boolean targeted : new boolean[] {true, false}) {
      LogitLoss ratio = LogitLoss.of(Loss.dlr(targeted), Arrays.copyOf(logits, classes), 0);
      Loss plain = Loss.margin(targeted, Float.POSITIVE_INFINITY);
      LogitLoss margin = LogitLoss.of(plain, Arrays.copyOf(logits, classes), 0);
      assertThat(ratio.value()).isEqualTo(margin.value());
      assertThat(ratio.gradient()).isEqualTo(margin.gradient());
      if (classes == 1) {
        assertThat(LogitLoss.of(Loss.probabilityMargin(targeted), new float[] {3}, 0).value())
            .isZero();
      }
    }
  }

  @Test
  void aNearlyCertainClassLeavesAGradient() {
    float[] logits = {90, 10, 0, -5};
    LogitLoss margin = LogitLoss.of(Loss.probabilityMargin(false), logits, 0);
    assertThat(margin.value()).isEqualTo(1);
    double rival = Math.exp(-80);
    double third = Math.exp(-90);
    assertThat((double) margin.gradient()[0]).isCloseTo(2 * rival + third, within(rival * 1e-3));
    assertThat((double) margin.gradient()[1]).isCloseTo(-2 * rival, within(rival * 1e-3));
    assertThat((double) margin.gradient()[2]).isCloseTo(-third, within(third * 1e-3));
  }

  @Test
  void largeLogitsOverflowNothing() {
    float[] logits = {1e30f, -1e30f, 9e29f, 0};
    for (boolean targeted : new boolean[] {true, false}) {
      for (Loss loss : List.of(Loss.dlr(targeted), Loss.probabilityMargin(targeted))) {
        for (int looked = 0; looked < logits.length; looked++) {
          LogitLoss found = LogitLoss.of(loss, logits, looked);
          assertThat(found.value()).as("%s of class %s", loss, looked).isFinite();
          for (float slope : found.gradient()) {
            assertThat(slope).as("%s of class %s", loss, looked).isFinite();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bothRatios")
  void infinityAndNanGiveNan(Loss ratio) {
    for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThat(LogitLoss.of(ratio, new float[] {odd, 1, 2, 3}, 0).value()).isNaN();
      Loss probability = Loss.probabilityMargin(ratio.targeted());
      assertThat(LogitLoss.of(probability, new float[] {odd, 1, 2, 3}, 0).value()).isNaN();
    }
  }
}
