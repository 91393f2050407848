package io.hone.plugins.improvers.pointwise;

import io.hone.api.data.Tensor;
import io.hone.plugins.improvers.search.Answers;
import io.hone.plugins.improvers.search.Questions;
import io.hone.plugins.improvers.search.Search;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** How far {@link Pointwise} is with one sample. */
final class PointwiseSearch implements Search {
  private static final int NOT_HALVING = -1;

  private final Tensor clean;
  private final Tensor adversarial;
  private final int row;
  private final int halvings;
  private final RandomGenerator random;
  private boolean restoring = true;
  private boolean moved;
  private int[] features;
  private int next;
  private int halving = NOT_HALVING;
  private float near;
  private float far;

  /**
   * Starts with nothing restored.
   *
   * @param halvings steps of each binary search; 0 for none
   * @param random the sample's own stream
   */
  PointwiseSearch(Tensor clean, Tensor adversarial, int row, int halvings, RandomGenerator random) {
    this.clean = clean;
    this.adversarial = adversarial;
    this.row = row;
    this.halvings = halvings;
    this.random = random;
    shuffle();
  }

  private void shuffle() {
    features =
        IntStream.range(0, clean.rowSize())
            .filter(feature -> clean.get(row, feature) != adversarial.get(row, feature))
            .toArray();
    for (int last = features.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int feature = features[last];
      features[last] = features[other];
      features[other] = feature;
    }
    next = 0;
    moved = false;
  }

  @Override
  public void ask(Questions questions) {
    if (next == features.length && !pass()) {
      return;
    }
    int feature = features[next];
    float value = halving == NOT_HALVING ? clean.get(row, feature) : middle();
    questions.set(questions.add(adversarial, row), feature, value);
  }

  /** Starts the next pass; returns false where all is done. */
  private boolean pass() {
    if (!moved) {
      if (!restoring || halvings == 0) {
        return false;
      }
      restoring = false;
    }
    shuffle();
    return features.length > 0;
  }

  @Override
  public void answer(Answers answers) {
    int feature = features[next];
    if (answers.kept(0)) {
      answers.copyTo(adversarial, row, 0);
      moved = true;
    }
    if (halving == NOT_HALVING) {
      near = clean.get(row, feature);
      far = adversarial.get(row, feature);
      halving = answers.kept(0) || restoring ? halvings : 0;
    } else if (answers.kept(0)) {
      far = middle();
      halving++;
    } else {
      near = middle();
      halving++;
    }
    // no float is between two neighbours: asking on would only repeat what is known
    if (halving == halvings || middle() == near || middle() == far) {
      halving = NOT_HALVING;
      next++;
    }
  }

  private float middle() {
    return near + (far - near) / 2;
  }
}
