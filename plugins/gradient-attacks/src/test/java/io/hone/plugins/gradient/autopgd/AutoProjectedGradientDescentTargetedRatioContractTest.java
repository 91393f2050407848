package io.hone.plugins.gradient.autopgd;

import io.hone.api.geometry.Norm;
import io.hone.plugins.gradient.autopgd.AutoProjectedGradientDescent.Params;
import io.hone.testkit.AttackContractTest;

class AutoProjectedGradientDescentTargetedRatioContractTest extends AttackContractTest<Params> {
  AutoProjectedGradientDescentTargetedRatioContractTest() {
    super(new AutoProjectedGradientDescent());
  }

  @Override
  protected Params parameters() {
    return new Params(0.1, Norm.LINF, 4, DescendedLoss.TARGETED_DLR, 1, 2, 2, true);
  }
}
