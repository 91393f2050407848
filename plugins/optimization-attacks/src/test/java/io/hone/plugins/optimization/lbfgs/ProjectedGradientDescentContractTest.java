package io.hone.plugins.optimization.lbfgs;

import io.hone.testkit.AttackContractTest;

class ProjectedGradientDescentContractTest
    extends AttackContractTest<ProjectedGradientDescent.Params> {
  ProjectedGradientDescentContractTest() {
    super(new ProjectedGradientDescent());
  }
}
