package io.hone.plugins.gradient;

import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;

class ProjectedGradientDescentL1ContractTest
    extends AttackContractTest<ProjectedGradientDescent.Params> {
  ProjectedGradientDescentL1ContractTest() {
    super(new ProjectedGradientDescent());
  }

  @Override
  protected ProjectedGradientDescent.Params parameters() {
    return new ProjectedGradientDescent.Params(
        new StepBudget(2f, 0.2, 4, Norm.L1),
        true,
        2,
        ProjectedGradientDescent.Descended.CROSS_ENTROPY,
        false);
  }
}
