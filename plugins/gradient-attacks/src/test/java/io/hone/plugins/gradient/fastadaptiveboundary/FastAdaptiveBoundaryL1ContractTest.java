package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;
import java.util.Optional;

/** Runs within a ball that end at the first success. */
class FastAdaptiveBoundaryL1ContractTest extends AttackContractTest<FastAdaptiveBoundary.Params> {
  FastAdaptiveBoundaryL1ContractTest() {
    super(new FastAdaptiveBoundary());
  }

  @Override
  protected FastAdaptiveBoundary.Params parameters() {
    return new FastAdaptiveBoundary.Params(
        Norm.L1, Optional.of(0.8), true, Optional.of(9), 4, 1, 0.1, 1.05, 0.9, 2);
  }
}
