package io.hone.plugins.gradient;

import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;

class LeastLikelyClassL2ContractTest extends AttackContractTest<LeastLikelyClass.Params> {
  LeastLikelyClassL2ContractTest() {
    super(new LeastLikelyClass());
  }

  @Override
  protected LeastLikelyClass.Params parameters() {
    return new LeastLikelyClass.Params(0.5f, 0.3, 4, Norm.L2, true);
  }
}
