package io.hone.plugins.gradient;

import io.hone.api.geometry.Norm;
import io.hone.testkit.AttackContractTest;

class ProjectedGradientDescentPlainContractTest
    extends AttackContractTest<ProjectedGradientDescent.Params> {
  ProjectedGradientDescentPlainContractTest() {
    super(new ProjectedGradientDescent());
  }

  @Override
  protected ProjectedGradientDescent.Params parameters() {
    return new ProjectedGradientDescent.Params(
        new StepBudget(0.1f, 0.2, 5, Norm.LINF),
        false,
        1,
        ProjectedGradientDescent.Descended.CROSS_ENTROPY,
        false);
  }
}
