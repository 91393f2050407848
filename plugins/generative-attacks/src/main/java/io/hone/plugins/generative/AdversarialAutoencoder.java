package io.hone.plugins.generative;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.Named;
import io.hone.api.geometry.Norm;
import org.pf4j.Extension;

/**
 * Turns each image into an adversarial example by one pass through a generator, which the trainer
 * {@code aae} makes; the model under attack is asked nothing. What becomes of samples that the
 * generator was not trained for is told at {@link Generator}.
 *
 * <p>Source: formula 1 of Nguyen et al., AE4DNN; Baluja and Fischer 2017.
 */
@Named(
    id = "aae",
    summary = "Lets the generator of AAE turn the image into an adversarial example.",
    references = "Baluja and Fischer 2017; Nguyen et al., AE4DNN, formula 1",
    example = "{model: models/mnist-aae}")
@AttackProfile(
    norms = Norm.L2,
    formula = "x' = clip(g(x)); g = argmin phi * ||g(x) - x|| + ||M(g(x)) - reranked M(x)||",
    cost = "nothing; one pass through the generator")
@Extension
public final class AdversarialAutoencoder extends GeneratorAttack
    implements Attack<GeneratorParameters> {
  /** Creates the attack. */
  public AdversarialAutoencoder() {
    super(GeneratorKind.AAE);
  }
}
