package io.hone.plugins.improvers.shrink;

import io.hone.testkit.ImproverContractTest;

class ShrinkByOneFactorContractTest extends ImproverContractTest<Shrink.Params> {
  ShrinkByOneFactorContractTest() {
    super(new Shrink());
  }

  @Override
  protected Shrink.Params parameters() {
    return new Shrink.Params(0, 0.001);
  }
}
