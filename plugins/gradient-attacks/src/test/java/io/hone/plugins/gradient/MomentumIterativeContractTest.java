package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class MomentumIterativeContractTest extends AttackContractTest<MomentumIterative.Params> {
  MomentumIterativeContractTest() {
    super(new MomentumIterative());
  }
}
