package io.hone.plugins.gradient.autopgd;

import io.hone.api.data.ImageShape;
import io.hone.api.geometry.Norm;
import io.hone.plugins.gradient.autopgd.AutoProjectedGradientDescent.Params;
import io.hone.testkit.AttackContractTest;
import java.util.List;

class AutoProjectedGradientDescentL2ContractTest extends AttackContractTest<Params> {
  AutoProjectedGradientDescentL2ContractTest() {
    super(new AutoProjectedGradientDescent());
  }

  @Override
  protected Params parameters() {
    return new Params(0.5, Norm.L2, 6, DescendedLoss.DLR, 2, 9, 1, false);
  }

  /** All norms meet hostile models of all shapes in the contract test of the defaults. */
  @Override
  protected List<ImageShape> hostileShapes() {
    return List.of(new ImageShape(1, 1, 1));
  }
}
