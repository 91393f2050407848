package io.hone.plugins.blackbox.square;

import io.hone.api.data.ImageShape;
import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;
import java.util.List;

class SquareAttackL1ContractTest extends AttackContractTest<SquareAttack.Params> {
  SquareAttackL1ContractTest() {
    super(new SquareAttack());
  }

  @Override
  protected SquareAttack.Params parameters() {
    return SquareParams.few().norm(Norm.L1).epsilon(3).queries(8).restarts(2).build();
  }

  @Override
  protected List<ImageShape> hostileShapes() {
    return List.of(new ImageShape(2, 1, 9));
  }
}
