package io.hone.plugins.improvers.order;

import io.hone.api.data.Tensor;
import io.hone.plugins.improvers.search.Answers;
import io.hone.plugins.improvers.search.Questions;
import io.hone.plugins.improvers.search.Search;
import java.util.Arrays;

/**
 * How far {@link Ranked} is with one sample.
 *
 * <p>The units are in one array: first those that are restored, then those to be tried in ascending
 * order of importance, then those that failed on their own.
 */
final class RankedRestoration implements Search {
  private final Ranked.Params parameters;
  private final Ranking ranking;
  private final Tensor received;
  private final Tensor adversarial;
  private final int row;
  private boolean ranked;
  private boolean learned;
  private int[] units = {};
  private int restored;
  private int failed;
  private int failures;
  private int group;

  RankedRestoration(Ranked.Params parameters, Ranking ranking, Tensor adversarial, int row) {
    this.parameters = parameters;
    this.ranking = ranking;
    this.adversarial = adversarial;
    this.row = row;
    received = adversarial.select(row);
    group = parameters.group() > 0 ? parameters.group() : ranking.size();
  }

  @Override
  public boolean wantsGradients() {
    return !ranked && !learned && ranking.size() > restored && parameters.order().queries() > 0;
  }

  @Override
  public void learn(float[][] gradients) {
    ranking.learn(gradients, parameters.memory());
    learned = true;
  }

  @Override
  public void ask(Questions questions) {
    if (!ranked) {
      rank();
    }
    int left = units.length - restored - failed;
    if (left == 0 || failures == parameters.failures() && failures > 0) {
      return;
    }
    group = Math.min(group, Math.max(1, left / 2));
    int question = questions.add(received, 0);
    for (int index = 0; index < restored + group; index++) {
      ranking.restore(questions, question, units[index]);
    }
  }

  private void rank() {
    int[] ascending = ranking.ascending();
    if (parameters.rerank() == Rerank.LEFT) {
      boolean[] gone = new boolean[received.rowSize()];
      Arrays.stream(units, 0, restored).forEach(unit -> gone[unit] = true);
      int[] left = Arrays.stream(ascending).filter(unit -> !gone[unit]).toArray();
      System.arraycopy(units, 0, ascending, 0, restored);
      System.arraycopy(left, 0, ascending, restored, left.length);
    }
    units = ascending;
    failed = 0;
    ranked = true;
  }

  @Override
  public void answer(Answers answers) {
    if (answers.kept(0)) {
      answers.copyTo(adversarial, row, 0);
      restored += group;
      failures = 0;
      group *= 2;
      boolean again = parameters.rerank() != Rerank.NEVER && parameters.order().queries() > 0;
      ranked = !again;
      learned = false;
    } else if (group > 1) {
      group /= 2;
    } else {
      int unit = units[restored];
      System.arraycopy(units, restored + 1, units, restored, units.length - restored - 1);
      units[units.length - 1] = unit;
      failed++;
      failures++;
    }
  }
}
