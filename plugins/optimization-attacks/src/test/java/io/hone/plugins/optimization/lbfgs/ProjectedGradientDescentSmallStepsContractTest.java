package io.hone.plugins.optimization.lbfgs;

import io.hone.testkit.AttackContractTest;

class ProjectedGradientDescentSmallStepsContractTest
    extends AttackContractTest<ProjectedGradientDescent.Params> {
  ProjectedGradientDescentSmallStepsContractTest() {
    super(new ProjectedGradientDescent());
  }

  @Override
  protected ProjectedGradientDescent.Params parameters() {
    return new ProjectedGradientDescent.Params(7, 0.01f, 1);
  }
}
