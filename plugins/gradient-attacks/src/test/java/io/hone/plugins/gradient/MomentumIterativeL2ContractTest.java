package io.hone.plugins.gradient;

import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;

class MomentumIterativeL2ContractTest extends AttackContractTest<MomentumIterative.Params> {
  MomentumIterativeL2ContractTest() {
    super(new MomentumIterative());
  }

  @Override
  protected MomentumIterative.Params parameters() {
    return new MomentumIterative.Params(new StepBudget(0.5f, 0.3, 4, Norm.L2), 0.9, true);
  }
}
