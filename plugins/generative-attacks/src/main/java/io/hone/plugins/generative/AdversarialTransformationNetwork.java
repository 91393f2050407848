package io.hone.plugins.generative;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.geometry.Norm;
import org.pf4j.Extension;

/**
 * Turns each image into an adversarial example by one pass through a generator, which the trainer
 * {@code adversarial-transformation-network} makes; the model under attack is asked nothing. What
 * becomes of samples that the generator was not trained for is told at {@link Generator}.
 *
 * <p>Source: Baluja and Fischer 2017; equation 6 of Nguyen et al., "Method for Improving Quality of
 * Adversarial Examples".
 */
@Named(
    id = "atn",
    summary = "Lets a trained generator turn the image into an adversarial example.",
    references =
        "Baluja and Fischer 2017; Nguyen et al., Method for Improving Quality of Adversarial"
            + " Examples, equation 6",
    example = "{model: models/mnist-atn}")
@AttackProfile(
    norms = Norm.L2,
    formula = "x' = clip(g(x)); g = argmin (1 - phi) * ||g(x) - x|| + phi * loss(g(x), target)",
    cost = "nothing; one pass through the generator")
@Extension
public final class AdversarialTransformationNetwork extends GeneratorAttack
    implements Attack<GeneratorParameters> {
  /** Creates the attack. */
  public AdversarialTransformationNetwork() {
    super(GeneratorKind.ATN);
  }
}
