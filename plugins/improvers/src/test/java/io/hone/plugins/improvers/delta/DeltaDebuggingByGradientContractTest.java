package io.hone.plugins.improvers.delta;

import io.hone.plugins.improvers.order.Order;
import io.hone.plugins.improvers.order.Unit;
import io.hone.testkit.ImproverContractTest;

class DeltaDebuggingByGradientContractTest extends ImproverContractTest<DeltaDebugging.Params> {
  DeltaDebuggingByGradientContractTest() {
    super(new DeltaDebugging());
  }

  @Override
  protected DeltaDebugging.Params parameters() {
    return new DeltaDebugging.Params(Order.GRADIENT, Unit.PIXEL, 4, true);
  }
}
