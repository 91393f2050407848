package io.hone.plugins.generative;

class AdversarialTransformationNetworkContractTest extends GeneratorContractTest {
  AdversarialTransformationNetworkContractTest() {
    super(new AdversarialTransformationNetwork());
  }
}
