package io.hone.plugins.gradient;

import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;

class ProjectedGradientDescentL2ContractTest
    extends AttackContractTest<ProjectedGradientDescent.Params> {
  ProjectedGradientDescentL2ContractTest() {
    super(new ProjectedGradientDescent());
  }

  @Override
  protected ProjectedGradientDescent.Params parameters() {
    return new ProjectedGradientDescent.Params(
        new StepBudget(0.5f, 0.2, 4, Norm.L2),
        true,
        3,
        ProjectedGradientDescent.Descended.MARGIN,
        true);
  }
}
