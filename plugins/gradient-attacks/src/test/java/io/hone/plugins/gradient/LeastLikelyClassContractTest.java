package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class LeastLikelyClassContractTest extends AttackContractTest<BasicIterative.Params> {
  LeastLikelyClassContractTest() {
    super(new LeastLikelyClass());
  }
}
