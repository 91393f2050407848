package io.hone.plugins.blackbox.square;

import io.hone.testkit.AttackContractTest;

class SquareAttackContractTest extends AttackContractTest<SquareAttack.Params> {
  SquareAttackContractTest() {
    super(new SquareAttack());
  }

  /** The hostile models meet these parameters in every norm. */
  @Override
  protected SquareAttack.Params parameters() {
    return SquareParams.few().queries(8).build();
  }
}
