package io.hone.plugins.improvers.shrink;

import io.hone.testkit.ImproverContractTest;

class ShrinkContractTest extends ImproverContractTest<Shrink.Params> {
  ShrinkContractTest() {
    super(new Shrink());
  }
}
