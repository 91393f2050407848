package io.hone.plugins.blackbox.square;

import io.hone.testkit.AttackContractTest;

class SquareContractTest extends AttackContractTest<Square.Params> {
  SquareContractTest() {
    super(new Square());
  }

  /** The hostile models meet these parameters in every norm. */
  @Override
  protected Square.Params parameters() {
    return SquareParams.few().build();
  }
}
