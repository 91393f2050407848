package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class DeepFoolContractTest extends AttackContractTest<DeepFool.Params> {
  DeepFoolContractTest() {
    super(new DeepFool());
  }

  @Override
  protected boolean supports(boolean targeted) {
    return !targeted;
  }
}
