package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class FastGradientSignContractTest extends AttackContractTest<FastGradientSign.Params> {
  FastGradientSignContractTest() {
    super(new FastGradientSign());
  }

  @Override
  protected FastGradientSign.Params parameters() {
    return new FastGradientSign.Params(0.1f, Norm.LINF);
  }
}
