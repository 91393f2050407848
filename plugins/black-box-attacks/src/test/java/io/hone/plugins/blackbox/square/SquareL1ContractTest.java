package io.hone.plugins.blackbox.square;

import io.hone.api.data.ImageShape;
import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;
import java.util.List;

class SquareL1ContractTest extends AttackContractTest<Square.Params> {
  SquareL1ContractTest() {
    super(new Square());
  }

  @Override
  protected Square.Params parameters() {
    return SquareParams.few().norm(Norm.L1).epsilon(3).restarts(2).build();
  }

  @Override
  protected List<ImageShape> hostileShapes() {
    return List.of(new ImageShape(2, 1, 9));
  }
}
