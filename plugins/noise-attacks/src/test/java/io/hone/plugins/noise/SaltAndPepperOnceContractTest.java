package io.hone.plugins.noise;

import io.hone.testkit.AttackContractTest;

class SaltAndPepperOnceContractTest extends AttackContractTest<SaltAndPepper.Params> {
  SaltAndPepperOnceContractTest() {
    super(new SaltAndPepper());
  }

  @Override
  protected SaltAndPepper.Params parameters() {
    return new SaltAndPepper.Params(0.3, 1, false);
  }
}
