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

  /** {@code sum over i of z[i] * v[i]} with a cotangent {@code v} fed for each image. */
  record Cotangent() implements AttackLoss {}
}
