package io.hone.plugins.generative;

class AdversarialAutoencoderContractTest extends GeneratorContractTest {
  AdversarialAutoencoderContractTest() {
    super(new AdversarialAutoencoder());
  }
}
