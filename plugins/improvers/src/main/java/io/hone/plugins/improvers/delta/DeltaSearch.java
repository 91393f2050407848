package io.hone.plugins.improvers.delta;

import io.hone.api.data.Tensor;
import io.hone.plugins.improvers.order.Ranking;
import io.hone.plugins.improvers.search.Answers;
import io.hone.plugins.improvers.search.Questions;
import io.hone.plugins.improvers.search.Search;
import java.util.Arrays;
import java.util.stream.IntStream;

/** How far delta debugging is with one sample. */
final class DeltaSearch implements Search {
  private final DeltaDebugging.Params parameters;
  private final Ranking ranking;
  private final Tensor adversarial;
  private final int row;
  private boolean learned;
  private int[] units = {};
  private boolean ranked;
  private int chunks;
  private int chunk;
  private int failures;
  private boolean alone;

  DeltaSearch(DeltaDebugging.Params parameters, Ranking ranking, Tensor adversarial, int row) {
    this.parameters = parameters;
    this.ranking = ranking;
    this.adversarial = adversarial;
    this.row = row;
  }

  @Override
  public boolean wantsGradients() {
    return !learned && ranking.size() > 0 && parameters.order().queries() > 0;
  }

  @Override
  public void learn(float[][] gradients) {
    ranking.learn(gradients, 0);
    learned = true;
  }

  @Override
  public void ask(Questions questions) {
    if (!ranked) {
      ranked = true;
      units = ranking.ascending();
      cut(parameters.chunks());
    }
    if (units.length > 1 && chunks > 0) {
      int question = questions.add(adversarial, row);
      dropped().forEach(index -> ranking.restore(questions, question, units[index]));
    }
  }

  /** Returns the places of the units that the image asked about does without. */
  private IntStream dropped() {
    int from = (int) ((long) chunk * units.length / chunks);
    int to = (int) ((long) (chunk + 1) * units.length / chunks);
    return IntStream.range(0, units.length).filter(index -> alone != (index >= from && index < to));
  }

  @Override
  public void answer(Answers answers) {
    if (answers.kept(0)) {
      answers.copyTo(adversarial, row, 0);
      int[] gone = dropped().toArray();
      units =
          IntStream.range(0, units.length)
              .filter(index -> Arrays.binarySearch(gone, index) < 0)
              .map(index -> units[index])
              .toArray();
      if (alone) {
        cut(2);
      } else {
        // going on behind the chunk that went asks less than starting over, and ends as minimal:
        // only a whole round without success ends a granularity
        chunks = Math.min(Math.max(2, chunks - 1), units.length);
        chunk %= chunks;
        failures = 0;
      }
    } else {
      fail();
    }
  }

  private void cut(int wanted) {
    chunks = Math.min(wanted, units.length);
    chunk = 0;
    failures = 0;
    // of two chunks, each is what the other leaves
    alone = parameters.alone() && chunks > 2;
  }

  private void fail() {
    failures++;
    chunk = (chunk + 1) % chunks;
    if (failures < chunks) {
      return;
    }
    if (alone) {
      alone = false;
      failures = 0;
    } else if (chunks < units.length) {
      cut(2 * chunks);
    } else {
      chunks = 0;
    }
  }
}
