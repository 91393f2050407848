package io.hone.plugins.gradient.fastadaptiveboundary;

import io.hone.api.data.ImageShape;
import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;
import java.util.List;
import java.util.Optional;

/** All classes at once; every class costs a gradient, so hostile models get few steps. */
class FastAdaptiveBoundaryContractTest extends AttackContractTest<FastAdaptiveBoundary.Params> {
  FastAdaptiveBoundaryContractTest() {
    super(new FastAdaptiveBoundary());
  }

  @Override
  protected FastAdaptiveBoundary.Params parameters() {
    return new FastAdaptiveBoundary.Params(
        Norm.LINF, Optional.empty(), false, Optional.empty(), 2, 1, 0.1, 1.05, 0.9, 3);
  }

  @Override
  protected List<ImageShape> hostileShapes() {
    return List.of(new ImageShape(3, 1, 1));
  }
}
