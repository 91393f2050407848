package io.hone.plugins.gradient;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Pixels;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.stream.IntStream;

/** DeepFool on one batch: where its samples are and which boundaries they look at. */
final class BoundaryWalk {
  private static final double BEYOND_PLANE = 1e-4;

  private final DeepFool.Params parameters;
  private final Victim victim;
  private final Batch clean;
  private final Tensor adversarial;
  private final Run run;
  private final ActiveSamples active;
  private final Tensor standing;
  private final float[][] total;
  private final int[][] candidates;

  BoundaryWalk(
      DeepFool.Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    this.parameters = parameters;
    this.victim = victim;
    this.clean = clean;
    this.adversarial = adversarial;
    this.run = run;
    this.active = ActiveSamples.of(clean);
    this.standing = clean.pixels().copy();
    this.total = new float[clean.size()][clean.pixels().rowSize()];
    this.candidates = new int[clean.size()][];
  }

  void walk() {
    run.checkCancelled();
    int gradients = Math.min(parameters.candidates(), victim.classes()) - 1;
    for (int step = 0; step <= parameters.steps(); step++) {
      active.keepPaying(victim, 1, run);
      if (active.isEmpty()) {
        return;
      }
      run.checkCancelled();
      Tensor logits = victim.logits(active.images(standing));
      Tensor left = keepUndecided(logits, step == parameters.steps() || gradients == 0, gradients);
      if (!active.isEmpty()) {
        approach(left, gradients);
      }
    }
  }

  /** Lets samples go that are decided, and returns the logits of the others. */
  private Tensor keepUndecided(Tensor logits, boolean last, int gradients) {
    int[] undecided =
        IntStream.range(0, active.size())
            .filter(sample -> undecided(sample, logits, last, gradients))
            .toArray();
    boolean[] stays = new boolean[active.size()];
    for (int sample : undecided) {
      stays[sample] = true;
    }
    active.keep(sample -> stays[sample]);
    return logits.select(undecided);
  }

  private boolean undecided(int sample, Tensor logits, boolean last, int gradients) {
    int row = active.row(sample);
    int predicted = logits.argmax(sample);
    if (predicted < 0) {
      return active.giveUp(sample, Reason.NAN, run);
    }
    if (active.succeeds(sample, predicted)) {
      adversarial.copyRow(row, standing, row);
      return false;
    }
    if (last) {
      return active.giveUp(sample, Reason.NOT_FOUND, run);
    }
    // A step that cannot be looked at afterwards is not worth its gradients.
    if (!victim.paysOrGivesUp(active.sample(sample), gradients + 1L, run)) {
      return false;
    }
    if (candidates[row] == null) {
      candidates[row] = RivalClasses.byLogit(logits.row(sample), clean.label(row), gradients);
    }
    return true;
  }

  /** Moves every active sample to the nearest of its candidates' planes. */
  private void approach(Tensor logits, int gradients) {
    ImageBatch images = active.images(standing);
    NearestPlane[] nearest = new NearestPlane[active.size()];
    for (int sample = 0; sample < nearest.length; sample++) {
      nearest[sample] = new NearestPlane(parameters.norm().norm());
    }
    float[] slope = new float[standing.rowSize()];
    for (int candidate = 0; candidate < gradients; candidate++) {
      run.checkCancelled();
      Tensor slopes = victim.vjp(images, differences(candidate));
      for (int sample = 0; sample < nearest.length; sample++) {
        int row = active.row(sample);
        slopes.readRow(sample, slope);
        double difference =
            (double) logits.get(sample, candidates[row][candidate])
                - logits.get(sample, clean.label(row));
        nearest[sample].consider(difference, slope);
      }
    }
    active.keep(
        sample ->
            nearest[sample].found() || active.giveUp(sample, nearest[sample].obstacle(), run));
    int moved = 0;
    for (NearestPlane plane : nearest) {
      if (plane.found()) {
        move(active.row(moved++), plane);
      }
    }
  }

  private Tensor differences(int candidate) {
    Tensor cotangent = Tensor.zeros(active.size(), victim.classes());
    for (int sample = 0; sample < active.size(); sample++) {
      int row = active.row(sample);
      cotangent.set(sample, candidates[row][candidate], 1);
      cotangent.set(sample, clean.label(row), -1);
    }
    return cotangent;
  }

  private void move(int row, NearestPlane plane) {
    addStep(total[row], plane);
    float stretch = 1 + parameters.overshoot();
    for (int feature = 0; feature < total[row].length; feature++) {
      float moved = clean.pixels().get(row, feature) + stretch * total[row][feature];
      standing.set(row, feature, Pixels.clip(moved));
    }
  }

  /** Adds the shortest step to a plane, and a little beyond it. */
  private void addStep(float[] change, NearestPlane plane) {
    // A plane outside of the unit cube says no more than a direction.
    double width = parameters.norm().norm().diameter(change.length);
    double size = Math.min(plane.distance() + BEYOND_PLANE, width);
    float[] normal = plane.normal();
    for (int feature = 0; feature < change.length; feature++) {
      change[feature] +=
          (float)
              (parameters.norm() == DeepFool.Measure.L2
                  ? size * (normal[feature] / plane.dualLength())
                  : size * Math.signum(normal[feature]));
    }
  }
}
