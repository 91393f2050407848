package io.hone.plugins.optimization.cw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Access;
import io.hone.plugins.optimization.LinearProblem;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchedSearchTest {
  private static final int SAMPLES = 150;
  private static final int LONGEST = 31;

  private final TestRun run = new TestRun(1);
  private final CountingVictim victim =
      new CountingVictim(LinearProblem.MODEL, Access.GRADIENTS, run);
  private final int[] turns = new int[SAMPLES];

  @Test
  void showsEverySearchItsOwnImagesUntilItEnds() {
    search();
    for (int row = 0; row < SAMPLES; row++) {
      assertThat(turns[row]).isEqualTo(length(row));
      assertThat(victim.gradientQueries(sample(row))).isEqualTo(length(row));
    }
    assertThat(run.givenUpSamples()).isEmpty();
  }

  @Test
  void fillsThePlacesOfSearchesThatEnded() {
    search();
    int total = IntStream.range(0, SAMPLES).map(BatchedSearchTest::length).sum();
    assertThat(victim.calls()).isLessThanOrEqualTo(total / 64 + LONGEST);
  }

  private void search() {
    Tensor pixels = Tensor.images(SAMPLES, LinearProblem.SHAPE);
    long[] samples = IntStream.range(0, SAMPLES).mapToLong(BatchedSearchTest::sample).toArray();
    int[] targets = new int[SAMPLES];
    Arrays.fill(targets, 1);
    Batch clean = new Batch(new ImageBatch(pixels, samples), new int[SAMPLES], targets);
    FunctionQuery query = new FunctionQuery(GoalFunction.F6, true);
    new BatchedSearch(query, victim, clean, run, Countdown::new).run();
  }

  private static int length(int row) {
    return row % 4 == 0 ? LONGEST : 1 + row % 5;
  }

  private static long sample(int row) {
    return 1000 - row;
  }

  /** Asks about an image that no other search asks about, so many times. */
  private final class Countdown implements SampleSearch {
    private final int row;

    Countdown(int row) {
      this.row = row;
    }

    @Override
    public void writeImage(float[] image) {
      image[0] = row / (float) SAMPLES;
      image[1] = turns[row] / (float) LONGEST;
      image[2] = 0;
      image[3] = 0;
    }

    @Override
    public boolean observe(VictimAnswer evaluation) {
      float[] own = new float[4];
      writeImage(own);
      assertThat(evaluation.image()).containsExactly(own);
      assertThat(evaluation.slope()).containsExactly(-3, 4, 0, -12);
      double margin = 6.5 - 3.0 * own[0] + 4.0 * own[1];
      assertThat(evaluation.standing().margin()).isCloseTo(margin, within(1e-5));
      turns[row]++;
      return turns[row] < length(row);
    }

    @Override
    public boolean found() {
      return true;
    }
  }
}
