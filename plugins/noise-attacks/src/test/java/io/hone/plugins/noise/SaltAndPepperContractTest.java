package io.hone.plugins.noise;

import io.hone.testkit.AttackContractTest;

class SaltAndPepperContractTest extends AttackContractTest<SaltAndPepper.Params> {
  SaltAndPepperContractTest() {
    super(new SaltAndPepper());
  }
}
