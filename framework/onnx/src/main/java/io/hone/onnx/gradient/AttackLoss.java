package io.hone.onnx.gradient;

/**
 * What is differentiated: a loss of each image's logits {@code z}, always lower where the
 * attacker's goal is nearer.
 *
 * <p>Each loss is per image, with the class {@code c} fed for that image.
 */
public sealed interface AttackLoss {
  /** Returns cross-entropy; see {@link CrossEntropy}. */
  static AttackLoss crossEntropy(boolean targeted) {
    return new CrossEntropy(targeted);
  }

  /** Returns Carlini's margin; see {@link Margin}. */
  static AttackLoss margin(boolean targeted, float confidence) {
    return new Margin(targeted, confidence);
  }

  /** Returns the difference of logits ratio; see {@link DifferenceOfLogitsRatio}. */
  static AttackLoss dlr(boolean targeted) {
    return new DifferenceOfLogitsRatio(targeted);
  }

  /** Returns the margin between probabilities; see {@link ProbabilityMargin}. */
  static AttackLoss probabilityMargin(boolean targeted) {
    return new ProbabilityMargin(targeted);
  }

  /** Returns the product with any cotangent; see {@link Cotangent}. */
  static AttackLoss cotangent() {
    return new Cotangent();
  }

  /**
   * {@code -log softmax(z)[c]} where {@code c} is wanted, {@code +log softmax(z)[c]} where it is
   * not.
   *
   * @param targeted whether {@code c} is wanted
   */
  record CrossEntropy(boolean targeted) implements AttackLoss {}

  /**
   * {@code max(m, -confidence)} with {@code m = max over i != c of z[i] - z[c]} where {@code c} is
   * wanted, and the same with {@code -m} where it is not (Carlini and Wagner 2017, f6). Of several
   * largest rivals the first one is differentiated.
   *
   * @param targeted whether {@code c} is wanted
   * @param confidence at least 0; infinity for the plain margin
   */
  record Margin(boolean targeted, float confidence) implements AttackLoss {
    /** Checks the confidence. */
    public Margin {
      if (!(confidence >= 0)) {
        throw new IllegalArgumentException("confidence must be at least 0, not " + confidence);
      }
    }
  }

  /**
   * The plain margin divided by a spread of the logits (Croce and Hein 2020, section 4).
   *
   * <p>With {@code r = max over i != c of z[i]} and the sorted logits {@code pi1 >= pi2 >= ..}, the
   * loss is {@code (r - z[c]) / (pi1 - (pi3 + pi4) / 2 + 1e-12)} where {@code c} is wanted, and
   * {@code (z[c] - r) / (pi1 - pi3 + 1e-12)} where it is not. Of 3 classes a wanted one is divided
   * by {@code pi1 - pi3} too; of 2 classes the loss is the plain margin. Of equal logits the class
   * with the lower index comes first.
   *
   * @param targeted whether {@code c} is wanted
   */
  record DifferenceOfLogitsRatio(boolean targeted) implements AttackLoss {}

  /**
   * {@code max over i != c of p[i] - p[c]} with {@code p = softmax(z)} where {@code c} is wanted,
   * {@code p[c] - max over i != c of p[i]} where it is not.
   *
   * @param targeted whether {@code c} is wanted
   */
  record ProbabilityMargin(boolean targeted) implements AttackLoss {}

  /** {@code sum over i of z[i] * v[i]} with a cotangent {@code v} fed for each image. */
  record Cotangent() implements AttackLoss {}
}
