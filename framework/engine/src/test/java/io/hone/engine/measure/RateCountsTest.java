package io.hone.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.engine.results.ClassSummary;
import io.hone.engine.results.RateInterval;
import io.hone.engine.results.StepStatistics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateCountsTest {
  private static final List<String> NAMES = List.of("cat", "dog", "bird", "frog");

  /** Adds samples of a class, some of which are classified correctly and some attacked. */
  private static void add(RateCounts counts, int label, int samples, int correct, int successes) {
    for (int sample = 0; sample < samples; sample++) {
      counts.addSample(label, sample < samples - 1);
      counts.add("accuracy", label, sample < correct);
      if (sample < samples - 1) {
        counts.add("success_rate", label, sample < successes);
      }
    }
  }

  @Test
  void countsEachClassAndAllOfThem() {
    RateCounts counts = new RateCounts();
    add(counts, 0, 20, 15, 4);
    add(counts, 2, 30, 6, 20);

    StepStatistics statistics = counts.statistics(NAMES);

    RateInterval accuracy = statistics.intervals().get("accuracy");
    assertThat(accuracy.n()).isEqualTo(50);
    assertThat(accuracy.count()).isEqualTo(21);
    assertThat(statistics.intervals().get("success_rate").n()).isEqualTo(48);
    assertThat(statistics.classes()).extracting(ClassSummary::number).containsExactly(0, 2);
    ClassSummary bird = statistics.classes().get(1);
    assertThat(bird.name()).isEqualTo("bird");
    assertThat(bird.samples()).isEqualTo(30);
    assertThat(bird.attempted()).isEqualTo(29);
    assertThat(bird.metrics()).containsEntry("accuracy", 0.2);
    assertThat(bird.metrics()).containsEntry("success_rate", 20 / 29.0);
    assertThat(bird.intervals().get("accuracy")).isEqualTo(WilsonInterval.of(30, 6));
    assertThat(statistics.worst()).contains(bird);
  }

  @Test
  void theWorstClassHasEnoughSamples() {
    RateCounts counts = new RateCounts();
    add(counts, 1, StepStatistics.FEWEST_SAMPLES - 1, 0, 0);
    assertThat(counts.statistics(NAMES).worst()).isEmpty();

    add(counts, 3, StepStatistics.FEWEST_SAMPLES, 9, 0);
    assertThat(counts.statistics(NAMES).worst()).map(ClassSummary::number).contains(3);

    add(counts, 1, 1, 0, 0);
    assertThat(counts.statistics(NAMES).worst()).map(ClassSummary::number).contains(1);
  }

  @Test
  void equalAccuraciesAreDecidedBySuccessThenByNumber() {
    RateCounts counts = new RateCounts();
    add(counts, 3, 20, 10, 4);
    add(counts, 2, 20, 10, 5);
    add(counts, 1, 20, 10, 5);

    assertThat(counts.statistics(NAMES).worst()).map(ClassSummary::number).contains(1);
  }

  @Test
  void withoutAccuracyNoClassIsTheWorst() {
    RateCounts counts = new RateCounts();
    for (int sample = 0; sample < 20; sample++) {
      counts.addSample(0, true);
      counts.add("success_rate", 0, true);
    }

    StepStatistics statistics = counts.statistics(List.of());

    assertThat(statistics.worst()).isEmpty();
    assertThat(statistics.classes().get(0).name()).isNull();
  }

  @Test
  void mergesInAnyOrderAndGoesOnFromWhatItWrote() throws IOException {
    RateCounts whole = new RateCounts();
    List<RateCounts> parts = new ArrayList<>();
    for (int label = 0; label < 4; label++) {
      for (int part = 0; part < 3; part++) {
        add(whole, label, 11 + part, 3 * label, 2 + part);
        RateCounts alone = new RateCounts();
        add(alone, label, 11 + part, 3 * label, 2 + part);
        parts.add(alone);
      }
    }

    for (int trial = 0; trial < 5; trial++) {
      Collections.shuffle(parts, new Random(trial));
      RateCounts merged = new RateCounts();
      for (RateCounts part : parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        part.write(new DataOutputStream(bytes));
        RateCounts read = new RateCounts();
        read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        merged.merge(read);
      }
      assertThat(merged.statistics(NAMES)).isEqualTo(whole.statistics(NAMES));
    }
  }
}
