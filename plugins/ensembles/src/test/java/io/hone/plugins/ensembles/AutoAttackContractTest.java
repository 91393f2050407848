package io.hone.plugins.ensembles;

import io.hone.testkit.AttackContractTest;

class AutoAttackContractTest extends AttackContractTest<AutoAttack.Params> {
  AutoAttackContractTest() {
    super(new AutoAttack());
  }

  @Override
  protected AutoAttack.Params parameters() {
    return EnsembleOf.attacks(EnsembleOf.FGSM, EnsembleOf.SHORT_PGD);
  }
}
