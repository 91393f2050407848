package io.hone.plugins.gradient;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Pixels;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.Arrays;
import java.util.Optional;

/** The saliency map attack on one batch. */
final class SaliencySearch {
  /** Queries of one step: two gradients, and a look at what came of it. */
  private static final int STEP_QUERIES = 3;

  private final JacobianSaliencyMap.Params parameters;
  private final Victim victim;
  private final Batch clean;
  private final Tensor adversarial;
  private final Run run;
  private final ActiveSamples active;
  private final Tensor standing;

  SaliencySearch(
      JacobianSaliencyMap.Params parameters,
      Victim victim,
      Batch clean,
      Tensor adversarial,
      Run run) {
    this.parameters = parameters;
    this.victim = victim;
    this.clean = clean;
    this.adversarial = adversarial;
    this.run = run;
    this.active = ActiveSamples.of(clean);
    this.standing = clean.pixels().copy();
  }

  void search() {
    run.checkCancelled();
    int pairs = (int) Math.floor((double) parameters.gamma() * standing.rowSize() / 2);
    for (int pair = 0; pair <= pairs; pair++) {
      int left = pairs - pair;
      active.keepPaying(victim, 1, run);
      if (active.isEmpty()) {
        return;
      }
      run.checkCancelled();
      Tensor logits = victim.logits(active.images(standing));
      active.keep(sample -> undecided(sample, logits.argmax(sample), left == 0));
      if (!active.isEmpty()) {
        changePairs();
      }
    }
  }

  private boolean undecided(int sample, int predicted, boolean last) {
    if (predicted < 0) {
      return active.giveUp(sample, Reason.NAN, run);
    }
    if (active.succeeds(sample, predicted)) {
      adversarial.copyRow(active.row(sample), standing, active.row(sample));
      return false;
    }
    if (last) {
      return active.giveUp(sample, Reason.NOT_FOUND, run);
    }
    // A pair whose effect cannot be looked at is not worth its gradients.
    return victim.paysOrGivesUp(active.sample(sample), STEP_QUERIES, run);
  }

  private void changePairs() {
    ImageBatch images = active.images(standing);
    Tensor helping = victim.vjp(images, cotangent(clean.targeted()));
    Tensor hindering = victim.vjp(images, cotangent(!clean.targeted()));
    active.keep(sample -> change(sample, helping.row(sample), hindering.row(sample)));
  }

  /** Returns what pulls back the slope of the goal's class, or the sum of all others. */
  private Tensor cotangent(boolean ofGoalClass) {
    int[] goals = active.goalClasses();
    Tensor cotangent = Tensor.zeros(active.size(), victim.classes());
    float[] row = new float[victim.classes()];
    for (int sample = 0; sample < goals.length; sample++) {
      Arrays.fill(row, ofGoalClass ? 0 : 1);
      row[goals[sample]] = ofGoalClass ? 1 : 0;
      cotangent.setRow(sample, row);
    }
    return cotangent;
  }

  private boolean change(int sample, float[] helping, float[] hindering) {
    int row = active.row(sample);
    float theta = parameters.theta();
    boolean[] movable = new boolean[helping.length];
    for (int feature = 0; feature < movable.length; feature++) {
      float value = standing.get(row, feature);
      movable[feature] = theta > 0 ? value < 1 : value > 0;
    }
    SalientPair.Slopes slopes = SalientPair.Slopes.of(helping, hindering, theta > 0);
    if (!slopes.areNumbers()) {
      return active.giveUp(sample, Reason.NAN, run);
    }
    Optional<SalientPair> pair = SalientPair.best(slopes, movable);
    if (pair.isEmpty()) {
      return active.giveUp(sample, slopes.areZero() ? Reason.NO_GRADIENT : Reason.NOT_FOUND, run);
    }
    move(row, pair.get().first());
    move(row, pair.get().second());
    return true;
  }

  private void move(int row, int feature) {
    float moved = standing.get(row, feature) + parameters.theta();
    standing.set(row, feature, Pixels.clip(moved));
  }
}
