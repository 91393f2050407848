package io.hone.plugins.blackbox.square;

import io.hone.api.data.ImageShape;
import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;
import java.util.List;

class SquareAttackL2ContractTest extends AttackContractTest<SquareAttack.Params> {
  SquareAttackL2ContractTest() {
    super(new SquareAttack());
  }

  @Override
  protected SquareAttack.Params parameters() {
    return SquareParams.few()
        .norm(Norm.L2)
        .epsilon(0.7)
        .queries(8)
        .loss(SquareAttack.Lowered.CROSS_ENTROPY)
        .build();
  }

  @Override
  protected List<ImageShape> hostileShapes() {
    return List.of(new ImageShape(1, 7, 1));
  }
}
