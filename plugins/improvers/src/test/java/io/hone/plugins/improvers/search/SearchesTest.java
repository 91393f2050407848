package io.hone.plugins.improvers.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.LinearClassifier;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SearchesTest {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);

  /** 24 images of this shape make a round. */
  private static final int TOGETHER = 24;

  private static final int SAMPLES = 40;

  private final TestRun run = new TestRun(1);

  /** Says class 1 of every image. */
  private final CountingVictim victim =
      new CountingVictim(
          new LinearClassifier(SHAPE, new double[2][SHAPE.features()], new double[] {0, 1}),
          Access.LABELS,
          run);

  @Test
  void aSampleBeginsAsSoonAsAnotherHasFinished() {
    // The first sample asks 12 times, all others 3 times; 24 side by side.
    run(row -> new Asking(row == 0 ? 12 : 3));
    assertThat(victim.calls()).as("the labels, and as many rounds as the first asks").isEqualTo(13);
    assertThat(victim.forwardQueries(0)).isEqualTo(13);
    assertThat(victim.forwardQueries(SAMPLES - 1)).isEqualTo(4);
  }

  @Test
  void noMoreSamplesGoSideBySideThanACacheHolds() {
    run(row -> new Asking(1));
    int rounds = (SAMPLES + TOGETHER - 1) / TOGETHER;
    assertThat(victim.calls()).isEqualTo(1 + rounds);
  }

  private void run(Searches.Start start) {
    ImageBatch clean =
        new ImageBatch(Tensor.images(SAMPLES, SHAPE), LongStream.range(0, SAMPLES).toArray());
    int[] ones = new int[SAMPLES];
    Arrays.fill(ones, 1);
    Batch batch = new Batch(clean, new int[SAMPLES], ones);
    Searches.run(victim, batch, clean.pixels().copy(), run, start);
  }

  /** Asks about its example a number of times. */
  private static final class Asking implements Search {
    private static final Tensor EXAMPLE = Tensor.images(1, SHAPE);

    private int left;

    Asking(int left) {
      this.left = left;
    }

    @Override
    public void ask(Questions questions) {
      if (left > 0) {
        left--;
        questions.add(EXAMPLE, 0);
      }
    }

    @Override
    public void answer(Answers answers) {
      assertThat(answers.size()).isEqualTo(1);
    }
  }
}
