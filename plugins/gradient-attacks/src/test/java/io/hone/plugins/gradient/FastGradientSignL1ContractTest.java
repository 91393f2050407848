package io.hone.plugins.gradient;

import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;

class FastGradientSignL1ContractTest extends AttackContractTest<FastGradientSign.Params> {
  FastGradientSignL1ContractTest() {
    super(new FastGradientSign());
  }

  @Override
  protected FastGradientSign.Params parameters() {
    return new FastGradientSign.Params(0.5f, Norm.L1);
  }
}
