package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;
import java.util.Optional;

/** Runs toward single classes that start again beside the clean image. */
class FastAdaptiveBoundaryL2ContractTest extends AttackContractTest<FastAdaptiveBoundary.Params> {
  FastAdaptiveBoundaryL2ContractTest() {
    super(new FastAdaptiveBoundary());
  }

  @Override
  protected FastAdaptiveBoundary.Params parameters() {
    return new FastAdaptiveBoundary.Params(
        Norm.L2, Optional.empty(), false, Optional.of(2), 2, 3, 0.1, 1.05, 0.9, 1);
  }
}
