package io.hone.plugins.improvers.order;

import io.hone.testkit.ImproverContractTest;

class RankedBySaliencyContractTest extends ImproverContractTest<Ranked.Params> {
  RankedBySaliencyContractTest() {
    super(new Ranked());
  }

  @Override
  protected Ranked.Params parameters() {
    return new Ranked.Params(Order.SALIENCY, Unit.PIXEL, 3, Rerank.LEFT, 0, 2);
  }
}
