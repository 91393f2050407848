package io.hone.plugins.optimization.cw;

import io.hone.testkit.AttackContractTest;

class CarliniWagnerL2ContractTest extends AttackContractTest<CarliniWagnerL2.Params> {
  CarliniWagnerL2ContractTest() {
    super(new CarliniWagnerL2());
  }
}
