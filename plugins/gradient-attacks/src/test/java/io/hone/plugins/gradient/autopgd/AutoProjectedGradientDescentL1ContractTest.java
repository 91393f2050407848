package io.hone.plugins.gradient.autopgd;

import io.hone.api.data.ImageShape;
import io.hone.api.geometry.Norm;
import io.hone.plugins.gradient.autopgd.AutoProjectedGradientDescent.Params;
import io.hone.testkit.AttackContractTest;
import java.util.List;

class AutoProjectedGradientDescentL1ContractTest extends AttackContractTest<Params> {
  AutoProjectedGradientDescentL1ContractTest() {
    super(new AutoProjectedGradientDescent());
  }

  @Override
  protected Params parameters() {
    return new Params(2, Norm.L1, 7, DescendedLoss.PROBABILITY_MARGIN, 1, 9, 1, true);
  }

  /** All norms meet hostile models of all shapes in the contract test of the defaults. */
  @Override
  protected List<ImageShape> hostileShapes() {
    return List.of(new ImageShape(3, 4, 2));
  }
}
