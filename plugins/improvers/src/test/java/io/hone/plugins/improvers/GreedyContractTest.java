package io.hone.plugins.improvers;

import io.hone.testkit.ImproverContractTest;

class GreedyContractTest extends ImproverContractTest<Greedy.Params> {
  GreedyContractTest() {
    super(new Greedy());
  }

  @Override
  protected Greedy.Params parameters() {
    return new Greedy.Params(6);
  }
}
