package io.hone.plugins.optimization.lbfgs;

import io.hone.testkit.AttackContractTest;

class LbfgsGradientDescentSmallStepsContractTest
    extends AttackContractTest<LbfgsGradientDescent.Params> {
  LbfgsGradientDescentSmallStepsContractTest() {
    super(new LbfgsGradientDescent());
  }

  @Override
  protected LbfgsGradientDescent.Params parameters() {
    return new LbfgsGradientDescent.Params(7, 0.01f, 1);
  }
}
