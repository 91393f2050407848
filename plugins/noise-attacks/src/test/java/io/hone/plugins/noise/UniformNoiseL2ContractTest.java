package io.hone.plugins.noise;

import io.hone.testkit.AttackContractTest;

class UniformNoiseL2ContractTest extends AttackContractTest<UniformNoise.Params> {
  UniformNoiseL2ContractTest() {
    super(new UniformNoise());
  }

  @Override
  protected UniformNoise.Params parameters() {
    return new UniformNoise.Params(3f, UniformNoise.Size.L2, 1);
  }
}
