package io.hone.plugins.gradient.autopgd;

import io.hone.api.data.ImageShape;
import io.hone.api.geometry.Norm;
import io.hone.plugins.gradient.autopgd.AutoProjectedGradientDescent.Params;
import io.hone.testkit.AttackContractTest;
import java.util.List;

class AutoProjectedGradientDescentTargetedRatioContractTest extends AttackContractTest<Params> {
  AutoProjectedGradientDescentTargetedRatioContractTest() {
    super(new AutoProjectedGradientDescent());
  }

  @Override
  protected Params parameters() {
    return new Params(0.1, Norm.LINF, 4, DescendedLoss.TARGETED_DLR, 1, 2, 2, true);
  }

  /** All norms meet hostile models of all shapes in the contract test of the defaults. */
  @Override
  protected List<ImageShape> hostileShapes() {
    return List.of(new ImageShape(1, 1, 1));
  }
}
