package io.hone.plugins.improvers;

import io.hone.testkit.ImproverContractTest;

class GreedyContractTest extends ImproverContractTest<Greedy.Params> {
  GreedyContractTest() {
    super(new Greedy());
  }
}
