package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class BasicIterativeContractTest extends AttackContractTest<BasicIterative.Params> {
  BasicIterativeContractTest() {
    super(new BasicIterative());
  }
}
