package io.hone.plugins.improvers.delta;

import io.hone.testkit.ImproverContractTest;

class DeltaDebuggingContractTest extends ImproverContractTest<DeltaDebugging.Params> {
  DeltaDebuggingContractTest() {
    super(new DeltaDebugging());
  }
}
