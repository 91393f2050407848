package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class IteratedRandomFastGradientSignStoppingContractTest
    extends AttackContractTest<IteratedRandomFastGradientSign.Params> {
  IteratedRandomFastGradientSignStoppingContractTest() {
    super(new IteratedRandomFastGradientSign());
  }

  @Override
  protected IteratedRandomFastGradientSign.Params parameters() {
    return new IteratedRandomFastGradientSign.Params(0.2f, 0.25, 4, true);
  }
}
