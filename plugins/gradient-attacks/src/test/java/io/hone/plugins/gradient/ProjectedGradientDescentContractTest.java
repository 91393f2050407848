package io.hone.plugins.gradient;

import io.hone.testkit.AttackContractTest;

class ProjectedGradientDescentContractTest
    extends AttackContractTest<ProjectedGradientDescent.Params> {
  ProjectedGradientDescentContractTest() {
    super(new ProjectedGradientDescent());
  }
}
