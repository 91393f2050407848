package io.hone.plugins.optimization.cw;

import io.hone.testkit.AttackContractTest;

class CarliniWagnerL0FeaturesContractTest extends AttackContractTest<CarliniWagnerL0.Params> {
  CarliniWagnerL0FeaturesContractTest() {
    super(new CarliniWagnerL0());
  }

  @Override
  protected CarliniWagnerL0.Params parameters() {
    return new CarliniWagnerL0.Params(15, 0.05f, 1, 500, 10, CarliniWagnerL0.Unit.FEATURE);
  }
}
