package io.hone.plugins.optimization.lbfgs;

import io.hone.testkit.AttackContractTest;

class LbfgsGradientDescentContractTest extends AttackContractTest<LbfgsGradientDescent.Params> {
  LbfgsGradientDescentContractTest() {
    super(new LbfgsGradientDescent());
  }
}
