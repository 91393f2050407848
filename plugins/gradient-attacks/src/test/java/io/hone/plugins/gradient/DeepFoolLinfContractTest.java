package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class DeepFoolLinfContractTest extends AttackContractTest<DeepFool.Params> {
  DeepFoolLinfContractTest() {
    super(new DeepFool());
  }

  @Override
  protected DeepFool.Params parameters() {
    return new DeepFool.Params(20, 3, 0.1f, DeepFool.Measure.LINF);
  }

  @Override
  protected boolean supports(boolean targeted) {
    return !targeted;
  }
}
