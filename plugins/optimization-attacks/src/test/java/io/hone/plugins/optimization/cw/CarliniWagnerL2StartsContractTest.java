package io.hone.plugins.optimization.cw;

import io.hone.testkit.AttackContractTest;

class CarliniWagnerL2StartsContractTest extends AttackContractTest<CarliniWagnerL2.Params> {
  CarliniWagnerL2StartsContractTest() {
    super(new CarliniWagnerL2());
  }

  @Override
  protected CarliniWagnerL2.Params parameters() {
    return new CarliniWagnerL2.Params(
        GoalFunction.F7,
        BoxConstraint.PROJECTED,
        Optimiser.MOMENTUM,
        20,
        3,
        0.1,
        0.05f,
        0.9f,
        0.5f,
        3,
        1,
        true);
  }
}
