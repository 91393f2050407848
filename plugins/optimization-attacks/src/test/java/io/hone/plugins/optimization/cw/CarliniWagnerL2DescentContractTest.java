package io.hone.plugins.optimization.cw;

import io.hone.testkit.AttackContractTest;

class CarliniWagnerL2DescentContractTest extends AttackContractTest<CarliniWagnerL2.Params> {
  CarliniWagnerL2DescentContractTest() {
    super(new CarliniWagnerL2());
  }

  @Override
  protected CarliniWagnerL2.Params parameters() {
    return new CarliniWagnerL2.Params(
        GoalFunction.F1,
        BoxConstraint.CLIPPED,
        Optimiser.GRADIENT_DESCENT,
        20,
        3,
        0.1,
        0.05f,
        0.9f,
        0,
        2,
        1,
        true);
  }
}
