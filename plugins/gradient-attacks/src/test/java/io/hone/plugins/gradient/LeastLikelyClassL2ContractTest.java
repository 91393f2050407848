package io.hone.plugins.gradient;

import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;

class LeastLikelyClassL2ContractTest extends AttackContractTest<BasicIterative.Params> {
  LeastLikelyClassL2ContractTest() {
    super(new LeastLikelyClass());
  }

  @Override
  protected BasicIterative.Params parameters() {
    return new BasicIterative.Params(new StepBudget(0.5f, 0.3, 4, Norm.L2), true);
  }
}
