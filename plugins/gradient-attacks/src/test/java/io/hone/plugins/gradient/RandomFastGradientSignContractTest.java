package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class RandomFastGradientSignContractTest extends AttackContractTest<RandomFastGradientSign.Params> {
  RandomFastGradientSignContractTest() {
    super(new RandomFastGradientSign());
  }
}
