package io.hone.plugins.optimization.cw;

import io.hone.testkit.AttackContractTest;

class CarliniWagnerL0ContractTest extends AttackContractTest<CarliniWagnerL0.Params> {
  CarliniWagnerL0ContractTest() {
    super(new CarliniWagnerL0());
  }
}
