package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class IteratedRandomFastGradientSignContractTest
    extends AttackContractTest<IteratedRandomFastGradientSign.Params> {
  IteratedRandomFastGradientSignContractTest() {
    super(new IteratedRandomFastGradientSign());
  }
}
