package io.hone.plugins.optimization.lbfgs;

import io.hone.testkit.AttackContractTest;

class LimitedMemoryBfgsShortMemoryContractTest
    extends AttackContractTest<LimitedMemoryBfgs.Params> {
  LimitedMemoryBfgsShortMemoryContractTest() {
    super(new LimitedMemoryBfgs());
  }

  @Override
  protected LimitedMemoryBfgs.Params parameters() {
    return new LimitedMemoryBfgs.Params(2, 10, 30, 2, 1e-6, 1e-4);
  }
}
