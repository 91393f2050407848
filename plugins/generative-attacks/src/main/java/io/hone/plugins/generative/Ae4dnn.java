package io.hone.plugins.generative;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.geometry.Norm;
import org.pf4j.Extension;

/**
 * Turns each image into an adversarial example by one pass through a generator, which the trainer
 * {@code ae4dnn} makes; the model under attack is asked nothing. What becomes of samples that the
 * generator was not trained for is told at {@link Generator}.
 *
 * <p>Source: formula 2 of Nguyen et al., AE4DNN.
 */
@Named(
    id = "ae4dnn",
    summary = "Lets the generator of AE4DNN turn the image into an adversarial example.",
    references = "Nguyen et al., AE4DNN, formula 2",
    example = "{model: models/mnist-ae4dnn}")
@AttackProfile(
    norms = Norm.L2,
    formula =
        "x' = clip(g(x)); g = argmin (1 - beta) / d * ||g(x) - x||^2 + beta * ce(g(x), target)",
    cost = "nothing; one pass through the generator")
@Extension
public final class Ae4dnn extends GeneratorAttack implements Attack<GeneratorParameters> {
  /** Creates the attack. */
  public Ae4dnn() {
    super(GeneratorKind.AE4DNN);
  }
}
