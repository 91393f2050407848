package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class FastGradientSignContractTest extends AttackContractTest<FastGradientSign.Params> {
  FastGradientSignContractTest() {
    super(new FastGradientSign());
  }
}
