package io.hone.plugins.ensembles;

import io.hone.api.data.ImageShape;
import io.hone.testkit.AttackContractTest;
import java.util.List;

class AutoAttackOfMixedAttacksContractTest extends AttackContractTest<AutoAttack.Params> {
  AutoAttackOfMixedAttacksContractTest() {
    super(new AutoAttack());
  }

  @Override
  protected AutoAttack.Params parameters() {
    return EnsembleOf.attacks(EnsembleOf.NOISE, EnsembleOf.SHORT_FGSM);
  }

  @Override
  protected boolean supports(boolean targeted) {
    return !targeted; // Noise has no target.
  }

  /** The attacks of the list meet hostile models of every shape in their own tests. */
  @Override
  protected List<ImageShape> hostileShapes() {
    return List.of(shape());
  }
}
