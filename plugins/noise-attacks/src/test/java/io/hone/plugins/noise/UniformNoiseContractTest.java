package io.hone.plugins.noise;

import io.hone.testkit.AttackContractTest;

class UniformNoiseContractTest extends AttackContractTest<UniformNoise.Params> {
  UniformNoiseContractTest() {
    super(new UniformNoise());
  }
}
