package io.hone.plugins.defenses;

import io.hone.api.data.ImageShape;
import io.hone.testkit.DefenseContractTest;
import java.util.Optional;

class RandomizationOfAnySizeContractTest extends DefenseContractTest<Randomization.Params> {
  RandomizationOfAnySizeContractTest() {
    super(new Randomization());
  }

  @Override
  protected Randomization.Params parameters() {
    return new Randomization.Params(
        Optional.empty(), Optional.empty(), Optional.of(12), Interpolation.NEAREST, false);
  }

  @Override
  protected ImageShape classifiedShape() {
    return new ImageShape(2, 12, 10);
  }
}
