package io.hone.plugins.generative;

class Ae4dnnContractTest extends GeneratorContractTest {
  Ae4dnnContractTest() {
    super(new Ae4dnn());
  }
}
