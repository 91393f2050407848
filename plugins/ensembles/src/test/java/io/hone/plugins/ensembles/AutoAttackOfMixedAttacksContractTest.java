package io.hone.plugins.ensembles;

import io.hone.testkit.AttackContractTest;

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
}
