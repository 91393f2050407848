package io.hone.plugins.optimization.cw;

import io.hone.testkit.AttackContractTest;

class CarliniWagnerLinfContractTest extends AttackContractTest<CarliniWagnerLinf.Params> {
  CarliniWagnerLinfContractTest() {
    super(new CarliniWagnerLinf());
  }
}
