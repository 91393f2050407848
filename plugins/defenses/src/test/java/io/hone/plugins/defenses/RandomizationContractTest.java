package io.hone.plugins.defenses;

import io.hone.testkit.DefenseContractTest;
import java.util.Optional;

class RandomizationContractTest extends DefenseContractTest<Randomization.Params> {
  RandomizationContractTest() {
    super(new Randomization());
  }

  @Override
  protected Randomization.Params parameters() {
    return new Randomization.Params(
        Optional.of(4), Optional.empty(), Optional.of(9), Interpolation.BILINEAR, true);
  }
}
