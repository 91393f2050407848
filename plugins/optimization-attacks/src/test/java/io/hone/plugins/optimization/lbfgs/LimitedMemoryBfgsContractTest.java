package io.hone.plugins.optimization.lbfgs;

import io.hone.testkit.AttackContractTest;

class LimitedMemoryBfgsContractTest extends AttackContractTest<LimitedMemoryBfgs.Params> {
  LimitedMemoryBfgsContractTest() {
    super(new LimitedMemoryBfgs());
  }
}
