package io.hone.plugins.ensembles;

import io.hone.api.data.ImageShape;
import io.hone.testkit.AttackContractTest;
import java.util.List;

class AutoAttackContractTest extends AttackContractTest<AutoAttack.Params> {
  AutoAttackContractTest() {
    super(new AutoAttack());
  }

  @Override
  protected AutoAttack.Params parameters() {
    return EnsembleOf.attacks(EnsembleOf.FGSM, EnsembleOf.SHORT_PGD);
  }

  /** The attacks of the list meet hostile models of every shape in their own tests. */
  @Override
  protected List<ImageShape> hostileShapes() {
    return List.of(shape(), new ImageShape(1, 1, 1));
  }
}
