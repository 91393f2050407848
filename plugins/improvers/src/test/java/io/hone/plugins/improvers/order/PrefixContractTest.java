package io.hone.plugins.improvers.order;

import io.hone.testkit.ImproverContractTest;

class PrefixContractTest extends ImproverContractTest<Prefix.Params> {
  PrefixContractTest() {
    super(new Prefix());
  }
}
