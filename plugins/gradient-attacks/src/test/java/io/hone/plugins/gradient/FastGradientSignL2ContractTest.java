package io.hone.plugins.gradient;

import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;

class FastGradientSignL2ContractTest extends AttackContractTest<FastGradientSign.Params> {
  FastGradientSignL2ContractTest() {
    super(new FastGradientSign());
  }

  @Override
  protected FastGradientSign.Params parameters() {
    return new FastGradientSign.Params(0.5f, Norm.L2);
  }
}
