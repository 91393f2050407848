package io.hone.plugins.improvers.order;

import io.hone.api.data.Tensor;
import io.hone.plugins.improvers.search.Answers;
import io.hone.plugins.improvers.search.Questions;
import io.hone.plugins.improvers.search.Search;
import java.util.stream.IntStream;

/**
 * How far {@link Prefix} is with one sample: the longest prefix known to keep the label, and the
 * shortest one longer than that which does not.
 */
final class PrefixSearch implements Search {
  private final Ranking ranking;
  private final int lengths;
  private final boolean gradients;
  private final Tensor adversarial;
  private final int row;
  private final Tensor received;
  private int[] units = {};
  private boolean ranked;
  private int longest;
  private int tooLong;
  private boolean learned;
  private int[] asked = {};

  /**
   * Starts with no prefix.
   *
   * @param lengths how many are tried side by side
   * @param gradients whether the ranking needs them
   */
  PrefixSearch(Ranking ranking, int lengths, boolean gradients, Tensor adversarial, int row) {
    this.ranking = ranking;
    this.lengths = lengths;
    this.gradients = gradients;
    this.adversarial = adversarial;
    this.row = row;
    received = adversarial.select(row);
    tooLong = ranking.size() + 1;
  }

  @Override
  public boolean wantsGradients() {
    return gradients && !learned && ranking.size() > 0;
  }

  @Override
  public void learn(float[][] measured) {
    ranking.learn(measured, 0);
    learned = true;
  }

  @Override
  public void ask(Questions questions) {
    if (!ranked) {
      ranked = true;
      units = ranking.ascending();
    }
    int between = tooLong - longest - 1;
    int count = (int) Math.min(Math.min(lengths, between), questions.remaining());
    asked =
        IntStream.rangeClosed(1, count)
            .map(part -> longest + (int) ((long) part * (between + 1) / (count + 1)))
            .toArray();
    for (int length : asked) {
      int question = questions.add(received, 0);
      for (int index = 0; index < length; index++) {
        ranking.restore(questions, question, units[index]);
      }
    }
  }

  @Override
  public void answer(Answers answers) {
    for (int question = asked.length - 1; question >= 0; question--) {
      if (answers.kept(question)) {
        answers.copyTo(adversarial, row, question);
        longest = asked[question];
        return;
      }
      tooLong = asked[question];
    }
  }
}
