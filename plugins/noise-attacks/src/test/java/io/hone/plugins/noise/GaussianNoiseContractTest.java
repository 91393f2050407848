package io.hone.plugins.noise;

import io.hone.testkit.AttackContractTest;

class GaussianNoiseContractTest extends AttackContractTest<GaussianNoise.Params> {
  GaussianNoiseContractTest() {
    super(new GaussianNoise());
  }
}
