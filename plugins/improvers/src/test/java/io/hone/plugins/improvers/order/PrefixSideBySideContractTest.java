package io.hone.plugins.improvers.order;

import io.hone.testkit.ImproverContractTest;

class PrefixSideBySideContractTest extends ImproverContractTest<Prefix.Params> {
  PrefixSideBySideContractTest() {
    super(new Prefix());
  }

  @Override
  protected Prefix.Params parameters() {
    return new Prefix.Params(Order.SIZE, Unit.PIXEL, 5);
  }
}
