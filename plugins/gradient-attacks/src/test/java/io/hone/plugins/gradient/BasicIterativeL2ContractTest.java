package io.hone.plugins.gradient;

import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;

class BasicIterativeL2ContractTest extends AttackContractTest<BasicIterative.Params> {
  BasicIterativeL2ContractTest() {
    super(new BasicIterative());
  }

  @Override
  protected BasicIterative.Params parameters() {
    return new BasicIterative.Params(new StepBudget(0.5f, 0.3, 4, Norm.L2), true);
  }
}
