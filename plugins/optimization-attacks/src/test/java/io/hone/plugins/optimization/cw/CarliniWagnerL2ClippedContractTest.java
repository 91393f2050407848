package io.hone.plugins.optimization.cw;

import io.hone.testkit.AttackContractTest;

class CarliniWagnerL2ClippedContractTest extends AttackContractTest<CarliniWagnerL2.Params> {
  CarliniWagnerL2ClippedContractTest() {
    super(new CarliniWagnerL2());
  }

  @Override
  protected CarliniWagnerL2.Params parameters() {
    return new CarliniWagnerL2.Params(
        GoalFunction.F3,
        BoxConstraint.CLIPPED,
        Optimiser.NESTEROV,
        20,
        3,
        0.1,
        0.05f,
        0.9f,
        0,
        1,
        1,
        true);
  }
}
