package io.hone.plugins.gradient.autopgd;

import io.hone.plugins.gradient.autopgd.AutoProjectedGradientDescent.Params;
import io.hone.testkit.AttackContractTest;

class AutoProjectedGradientDescentContractTest extends AttackContractTest<Params> {
  AutoProjectedGradientDescentContractTest() {
    super(new AutoProjectedGradientDescent());
  }
}
