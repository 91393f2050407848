package io.hone.engine.check;

import io.hone.api.run.TrustFlag;
import java.util.Optional;

/**
 * Whether the loss that an attack descends has a slope at the clean images and at random points of
 * the ball. Sources: Pintor et al. 2022, Indicators of Attack Failure; AutoAttack's check of zero
 * gradients, here for every loss.
 */
public final class GradientHealth implements AttackCheck {
  private static final double TOLERATED = 0.01;

  /** Below this, steps along the gradient are decided by rounding. */
  private static final double TINY = 1e-12;

  @Override
  public String id() {
    return "gradient-health";
  }

  @Override
  public String measure() {
    return "share of samples with a gradient that is zero, not a number, or below 1e-12 everywhere";
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
    Optional<Slopes> found = attack.slopes();
    if (found.isEmpty()) {
      return Finding.notApplicable("The attack follows no gradient.");
    }
    Slopes slopes = found.get();
    int bad = 0;
    int zero = 0;
    int notNumbers = 0;
    int tiny = 0;
    for (int row = 0; row < slopes.batch().size(); row++) {
      boolean isBad = false;
      for (int point = 0; point < slopes.points().size(); point++) {
        double steepest = slopes.steepest(point, row);
        zero += steepest == 0 ? 1 : 0;
        notNumbers += Double.isFinite(steepest) ? 0 : 1;
        tiny += steepest > 0 && steepest < TINY ? 1 : 0;
        isBad |= !(steepest >= TINY && Double.isFinite(steepest));
      }
      bad += isBad ? 1 : 0;
    }
    int all = slopes.batch().size() * slopes.points().size();
    return new Share(bad, slopes.batch().size())
        .finding(
            TOLERATED,
            "Of "
                + all
                + " gradients, at clean images and at random points of the ball, "
                + zero
                + " are zero, "
                + notNumbers
                + " are not numbers, and "
                + tiny
                + " are below 1e-12 everywhere.",
            "The attack has no direction to go. Take a loss that does not saturate, such as a"
                + " margin; where the model rounds or clips, attack it without that step, or by"
                + " scores only.");
  }
}
