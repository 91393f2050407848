package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class LeastLikelyClassContractTest extends AttackContractTest<LeastLikelyClass.Params> {
  LeastLikelyClassContractTest() {
    super(new LeastLikelyClass());
  }
}
