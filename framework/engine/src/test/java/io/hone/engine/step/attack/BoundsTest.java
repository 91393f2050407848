package io.hone.engine.step.attack;

import static io.hone.engine.EngineFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.engine.EngineFixture;
import io.hone.engine.RunResult;
import io.hone.engine.context.Cancellation;
import io.hone.engine.results.ResultFolder.Existing;
import io.hone.engine.results.Status;
import io.hone.engine.results.StepSummary;
import io.hone.numpy.NumpyArray;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import io.hone.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundsTest {
  private static final int HEIGHT = 3;
  private static final int WIDTH = 4;
  private static final int FEATURES = HEIGHT * WIDTH;
  private static final int SAMPLES = 60;

  /** The data set numbers its samples from 1,000 on. */
  private static final int ROWS = 1_000 + SAMPLES;

  private static final String LOW = "low.npy";
  private static final String HIGH = "high.npy";

  @TempDir Path folder;

  private EngineFixture engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new EngineFixture(folder);
  }

  private Scenario scenario(String attack, String more) throws IOException {
    return engine.scenario(
        """
        hone: 1
        name: bounds
        seed: 3
        dataset: {use: noise, with: {size: 60}}
        model: {card: linear.model}
        run: {batch: 16, threads: 2}
        steps:
          - {id: push, attack: {use: %s}, bounds: {low: low.npy, high: high.npy}%s}
        save: all
        """
            .formatted(attack, more));
  }

  /** Writes the same image for all samples, as one array (C, H, W). */
  private void writeShared(String file, float... image) throws IOException {
    try (NumpyWriter writer =
        NumpyWriter.create(folder.resolve(file), NumpyType.FLOAT32, HEIGHT, WIDTH)) {
      writer.append(image);
    }
  }

  private void writeEach(String file, int samples, float value) throws IOException {
    float[] image = all(value);
    try (NumpyWriter writer =
        NumpyWriter.create(folder.resolve(file), NumpyType.FLOAT32, 1, HEIGHT, WIDTH)) {
      for (int sample = 0; sample < samples; sample++) {
        writer.append(image);
      }
    }
  }

  private static float[] all(float value) {
    float[] image = new float[FEATURES];
    Arrays.fill(image, value);
    return image;
  }

  private float[] row(String array, int row) {
    try (NumpyArray images = NumpyArray.open(folder.resolve("out/arrays/" + array + ".npy"))) {
      float[] image = new float[FEATURES];
      images.readFloats(row, image);
      return image;
    }
  }

  @Test
  void featuresKeepToTheBoundsOfOneImageForAllSamples() throws IOException {
    float[] low = all(0);
    float[] high = all(1);
    high[5] = 0.7f;
    writeShared(LOW, low);
    writeShared(HIGH, high);
    RunResult result = engine.run(scenario("push", ""), "out");
    assertThat(result.summary().status()).isEqualTo(Status.COMPLETED.word());
    assertThat(step(result, "push").attempted()).isPositive();
    assertThat(step(result, "push").skipped().get("outside-bounds")).isPositive();
    boolean moved = false;
    for (int sample = 0; sample < SAMPLES; sample++) {
      float[] clean = row("clean", sample);
      float[] adversarial = row("push", sample);
      // An image beyond its bounds is not attacked, and stays as it is.
      assertThat(adversarial[5]).isLessThanOrEqualTo(Math.max(clean[5], 0.7f));
      moved |= !Arrays.equals(clean, adversarial);
    }
    assertThat(moved).isTrue();
  }

  @Test
  void otherFilesMakeAnotherRun() throws IOException {
    writeEach(LOW, ROWS, 0);
    writeEach(HIGH, ROWS, 1);
    Scenario scenario = scenario("push", "");
    engine.run(scenario, "out");
    writeEach(HIGH, ROWS + 1, 1);
    assertThatThrownBy(
            () -> engine.run(scenario, "out", Existing.RESUME, new Cancellation(), units -> {}))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("holds a run of another scenario, model or data");
  }

  @Test
  void aRowForEverySampleIsNeeded() throws IOException {
    writeEach(LOW, ROWS, 0);
    writeEach(HIGH, ROWS - 1, 1);
    assertThatThrownBy(() -> engine.run(scenario("push", ""), "out"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("has 1059 rows")
        .hasMessageContaining("reaches sample 1059")
        .hasMessageContaining("give a row for each sample");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void boundsInTheWrongOrderNameTheSampleAndTheFeature() throws IOException {
    writeEach(LOW, ROWS, 0.6f);
    writeEach(HIGH, ROWS, 0.4f);
    assertThatThrownBy(() -> engine.run(scenario("push", ""), "out"))
        .hasMessageContaining("scenario.yaml")
        .hasMessageContaining("sample 1000")
        .hasMessageContaining("feature 0 are 0.6 to 0.4");
    writeShared(LOW, all(0));
    writeShared(HIGH, all(Float.NaN));
    assertThatThrownBy(() -> engine.run(scenario("push", ""), "out"))
        .hasMessageContaining("feature 0 are 0.0 to NaN");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void samplesThatNothingAttacksAreNoRobustness() throws IOException {
    writeShared(LOW, all(1));
    writeShared(HIGH, all(1));
    StepSummary push = step(engine.run(scenario("push", ""), "out"), "push");
    assertThat(push.attempted()).isZero();
    assertThat(push.trust())
        .singleElement()
        .satisfies(
            flag -> {
              assertThat(flag.code()).isEqualTo("outside-bounds");
              assertThat(flag.samples()).isEqualTo(push.skipped().get("outside-bounds"));
              assertThat(flag.text()).contains("Samples of push were not attacked");
            });
    assertThat(push.distrusting("accuracy")).hasSize(1);
    assertThat(push.distrusting("intervals.accuracy.low")).hasSize(1);
    assertThat(push.distrusting("success_rate")).isEmpty();
  }

  @Test
  void whatIsNoBoundIsRefusedBeforeTheRun() throws IOException {
    try (NumpyWriter writer =
        NumpyWriter.create(folder.resolve(LOW), NumpyType.INT64, HEIGHT, WIDTH)) {
      writer.append(new long[FEATURES]);
    }
    writeEach(HIGH, ROWS, 1);
    assertThatThrownBy(() -> engine.run(scenario("push", ""), "out"))
        .hasMessageContaining("bounds are float32");
    try (NumpyWriter writer = NumpyWriter.create(folder.resolve(LOW), NumpyType.FLOAT32, 5, 5)) {
      writer.append(new float[25]);
    }
    assertThatThrownBy(() -> engine.run(scenario("push", ""), "out"))
        .hasMessageContaining("has the shape")
        .hasMessageContaining("low.npy");
  }

  @Test
  void anAttackThatKeepsToNoBoundsIsRefused() throws IOException {
    writeShared(LOW, all(0));
    writeShared(HIGH, all(1));
    assertThatThrownBy(() -> engine.run(scenario("idle", ""), "out"))
        .hasMessageContaining("the attack idle keeps to no bounds")
        .hasMessageContaining("scenario.yaml");
    assertThatThrownBy(() -> engine.run(scenario("push", ", grid: 8bit"), "out"))
        .hasMessageContaining("rounding could leave the bounds");
  }
}
