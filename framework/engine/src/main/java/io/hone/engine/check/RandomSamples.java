package io.hone.engine.check;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.run.NormalNumbers;
import io.hone.api.run.TrustFlag;
import io.hone.engine.step.RoundingClassifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Whether random images of the ball break samples that an attack does not: 200 for each sample that
 * the attack left, 10,000 at most in all. Source: Athalye et al. 2018, Obfuscated Gradients Give a
 * False Sense of Security, section 3.1.
 */
public final class RandomSamples implements AttackCheck {
  private static final int DRAWS = 200;
  private static final int MOST = 10_000;

  @Override
  public String id() {
    return "random-samples";
  }

  @Override
  public String measure() {
    return "share of samples that only random images of the ball break";
  }

  @Override
  public String threshold() {
    return "0" + Share.FEW;
  }

  @Override
  public Optional<String> flag() {
    return Optional.of(TrustFlag.MASKED_GRADIENT);
  }

  @Override
  public Finding look(CheckedAttack attack) {
    if (!attack.fillsBall()) {
      return Finding.notApplicable(
          "The attack has no radius to draw images within, or bounds that are narrower.");
    }
    int[] left = attack.own().survivors();
    int draws = left.length == 0 ? 0 : Math.max(1, Math.min(DRAWS, MOST / left.length));
    Set<Integer> broken = new HashSet<>();
    for (int row : left) {
      if (isBroken(attack, attack.batch(attack.own(), row), draws)) {
        broken.add(row);
      }
    }
    Share share = new Share(broken.size(), attack.own().attempted().length);
    Finding finding =
        share.finding(
            0,
            draws + " random images for each sample left break " + share + " samples.",
            "An attack that random images beat finds nothing: use its gradients' advice above, or"
                + " more steps and another loss.");
    return attack.iterates() ? finding : finding.atMostWarning(WeakAttack.REASON);
  }

  private boolean isBroken(CheckedAttack attack, Batch sample, int draws) {
    Ball ball = attack.ball().orElseThrow();
    RandomGenerator random = attack.tools().random(id(), sample.sample(0));
    float[] center = sample.pixels().row(0);
    int[] same = new int[draws];
    Tensor images = sample.pixels().select(same);
    for (int draw = 0; draw < draws; draw++) {
      images.setRow(draw, point(center, ball, random));
    }
    long[] samples = new long[draws];
    Arrays.fill(samples, sample.sample(0));
    if (attack.onGrid()) {
      RoundingClassifier.round(sample.select(same), images);
    }
    int[] predicted = attack.model().predict(new ImageBatch(images, samples));
    return Arrays.stream(predicted).anyMatch(found -> sample.succeeds(0, found));
  }

  /**
   * Draws a point of the cube, or of the border of the other balls, where nearly all of them is.
   */
  static float[] point(float[] center, Ball ball, RandomGenerator random) {
    double[] change = new double[center.length];
    NormalNumbers normal = new NormalNumbers(random);
    double length = 0;
    for (int feature = 0; feature < change.length; feature++) {
      change[feature] =
          switch (ball.norm()) {
            case LINF -> 2 * random.nextDouble() - 1;
            case L2 -> normal.next();
            case L1 -> Math.copySign(-Math.log1p(-random.nextDouble()), random.nextDouble() - 0.5);
          };
      length +=
          switch (ball.norm()) {
            case LINF -> 0;
            case L2 -> change[feature] * change[feature];
            case L1 -> Math.abs(change[feature]);
          };
    }
    double scale =
        switch (ball.norm()) {
          case LINF -> ball.radius();
          case L2 -> ball.radius() / Math.sqrt(length);
          case L1 -> ball.radius() / length;
        };
    float[] image = center.clone();
    for (int feature = 0; feature < image.length; feature++) {
      image[feature] += (float) (scale * change[feature]);
    }
    ball.project(image, center);
    return image;
  }
}
