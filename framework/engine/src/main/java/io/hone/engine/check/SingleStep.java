package io.hone.engine.check;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.run.TrustFlag;
import io.hone.engine.step.RoundingClassifier;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether one step along the gradient breaks samples that an iterated attack does not. Source:
 * Athalye et al. 2018, section 3.1.
 */
public final class SingleStep implements AttackCheck {
  private static final double TOLERATED = 0.005;

  @Override
  public String id() {
    return "single-step";
  }

  @Override
  public String measure() {
    return "share of samples that only one step along the gradient breaks";
  }

  @Override
  public String threshold() {
    return TOLERATED + Share.FEW;
  }

  @Override
  public Optional<String> flag() {
    return Optional.of(TrustFlag.MASKED_GRADIENT);
  }

  @Override
  public Finding look(CheckedAttack attack) {
    if (!attack.iterates()) {
      return Finding.notApplicable("The attack takes no more than a single step along gradients.");
    }
    if (!attack.fillsBall()) {
      return Finding.notApplicable(
          "The attack has no radius that a single step could take, or bounds that are narrower.");
    }
    int[] left = attack.own().survivors();
    int broken = left.length == 0 ? 0 : broken(attack, attack.batch(attack.own(), left));
    Share share = new Share(broken, attack.own().attempted().length);
    return share.finding(
        TOLERATED,
        "One step of the whole radius breaks " + share + " samples that the attack does not.",
        "The step size does not fit, or the gradients are masked: try smaller and more steps, and"
            + " another loss.");
  }

  private static int broken(CheckedAttack attack, Batch left) {
    DifferentiableClassifier model = attack.model().differentiable().orElseThrow();
    Ball ball = attack.ball().orElseThrow();
    Tensor images = left.pixels().copy();
    attack
        .tools()
        .shards()
        .map(
            left.size(),
            (from, to) -> {
              Loss loss = Loss.crossEntropy(left.targeted());
              int[] classes = Arrays.copyOfRange(left.goalClasses(), from, to);
              model.setUp(loss);
              Tensor gradient =
                  model.lossGradient(left.images().rows(from, to), loss, classes).gradient();
              for (int row = from; row < to; row++) {
                float[] center = left.pixels().row(row);
                float[] image = center.clone();
                if (ball.norm().descend(image, gradient.row(row - from), (float) ball.radius())) {
                  ball.project(image, center);
                  images.setRow(row, image);
                }
              }
              return to - from;
            })
        .forEach(attack.tools().watch()::asked);
    if (attack.onGrid()) {
      RoundingClassifier.round(left, images);
    }
    int[] predicted = attack.model().predict(left.images().with(images));
    int broken = 0;
    for (int row = 0; row < predicted.length; row++) {
      broken += left.succeeds(row, predicted[row]) ? 1 : 0;
    }
    return broken;
  }
}
