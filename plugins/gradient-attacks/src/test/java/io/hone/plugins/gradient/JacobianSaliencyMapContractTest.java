package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class JacobianSaliencyMapContractTest extends AttackContractTest<JacobianSaliencyMap.Params> {
  JacobianSaliencyMapContractTest() {
    super(new JacobianSaliencyMap());
  }
}
