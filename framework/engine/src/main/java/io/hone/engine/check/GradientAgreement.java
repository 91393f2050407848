package io.hone.engine.check;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.model.LogitLoss;
import io.hone.api.run.TrustFlag;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether the loss changes along its gradient as the gradient says: its central difference, over
 * the shortest of three steps that floats can tell, is within 10 % of the slope.
 */
public final class GradientAgreement implements AttackCheck {
  private static final double TOLERATED = 0.1;
  private static final double NEAR = 0.1;
  private static final double[] STEPS = {1e-3, 1e-2, 1e-1};

  /** How far logits in floats are from exact ones, as a part of the largest. */
  private static final double ROUNDING = 1e-6;

  /** A difference is told from rounding where it is so many times larger. */
  private static final double CLEAR = 20;

  @Override
  public String id() {
    return "gradient-agreement";
  }

  @Override
  public String measure() {
    return "share of gradients that differences of the loss do not confirm to 10 %";
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
    int compared = 0;
    int apart = 0;
    for (int point = 0; point < slopes.points().size(); point++) {
      for (Agreement agreement : compare(slopes, point, attack.model())) {
        compared += agreement == Agreement.NOT_CLEAR ? 0 : 1;
        apart += agreement == Agreement.APART ? 1 : 0;
      }
    }
    if (compared == 0) {
      return Finding.notApplicable(
          "No gradient is steep enough to be compared with differences of the loss; see"
              + " gradient-health.");
    }
    return new Share(apart, compared)
        .finding(
            TOLERATED,
            "Differences of the loss do not confirm "
                + apart
                + " of "
                + compared
                + " gradients that are steep enough to be compared.",
            "The gradient is not that of the model: look for steps whose gradient is replaced, for"
                + " random layers, and for steps as high as the loss is.");
  }

  private enum Agreement {
    NEAR,
    APART,
    NOT_CLEAR
  }

  private static Agreement[] compare(Slopes slopes, int point, CheckedModel model) {
    int size = slopes.batch().size();
    Agreement[] agreements = new Agreement[size];
    Arrays.fill(agreements, Agreement.NOT_CLEAR);
    for (double step : STEPS) {
      Tensor up = model.logits(moved(slopes, point, step));
      Tensor down = model.logits(moved(slopes, point, -step));
      for (int row = 0; row < size; row++) {
        double length = length(slopes.gradients().get(point).row(row));
        double expected = 2 * step * length;
        LogitLoss above = slopes.loss(up, row);
        LogitLoss below = slopes.loss(down, row);
        double rounding = rounding(above, up.row(row)) + rounding(below, down.row(row));
        if (!(expected > CLEAR * rounding) || agreements[row] == Agreement.NEAR) {
          continue;
        }
        double difference = above.value() - below.value();
        boolean near = Math.abs(difference - expected) <= NEAR * expected;
        agreements[row] = near ? Agreement.NEAR : Agreement.APART;
      }
    }
    return agreements;
  }

  /** Moves each image along its gradient, up the loss; models take images beyond [0, 1] too. */
  private static ImageBatch moved(Slopes slopes, int point, double step) {
    Tensor images = slopes.points().get(point).pixels().copy();
    for (int row = 0; row < images.rows(); row++) {
      float[] image = images.row(row);
      Norm.L2.descend(image, slopes.gradients().get(point).row(row), (float) -step);
      images.setRow(row, image);
    }
    return slopes.points().get(point).with(images);
  }

  private static double length(float[] gradient) {
    return Norm.L2.distance(gradient, new float[gradient.length]);
  }

  /** Returns how far the loss may be off because logits are floats. */
  private static double rounding(LogitLoss loss, float[] logits) {
    double largest = 0;
    double slopes = 0;
    for (int index = 0; index < logits.length; index++) {
      largest = Math.max(largest, Math.abs(logits[index]));
      slopes += Math.abs(loss.gradient()[index]);
    }
    return ROUNDING * largest * slopes;
  }
}
