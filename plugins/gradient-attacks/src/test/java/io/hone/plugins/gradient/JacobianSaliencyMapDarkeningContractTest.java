package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class JacobianSaliencyMapDarkeningContractTest
    extends AttackContractTest<JacobianSaliencyMap.Params> {
  JacobianSaliencyMapDarkeningContractTest() {
    super(new JacobianSaliencyMap());
  }

  @Override
  protected JacobianSaliencyMap.Params parameters() {
    return new JacobianSaliencyMap.Params(-0.3f, 1);
  }
}
