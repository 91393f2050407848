package io.hone.learning.network.architecture;

import io.hone.testkit.ArchitectureContractTest;
import org.junit.jupiter.api.Nested;

/** Every architecture of Hone keeps the contract of architectures. */
class ArchitectureContractsTest {
  @Nested
  class LeNet5Test extends ArchitectureContractTest<LeNet5.Params> {
    LeNet5Test() {
      super(new LeNet5());
    }
  }

  @Nested
  class AlexNetTest extends ArchitectureContractTest<AlexNet.Params> {
    AlexNetTest() {
      super(new AlexNet());
    }
  }

  @Nested
  class StridedNetworkTest extends ArchitectureContractTest<StridedNetwork.Params> {
    StridedNetworkTest() {
      super(new StridedNetwork());
    }
  }

  @Nested
  class MadryNetworkTest extends ArchitectureContractTest<MadryNetwork.Params> {
    MadryNetworkTest() {
      super(new MadryNetwork());
    }
  }

  @Nested
  class CarliniWagnerNetworkTest extends ArchitectureContractTest<CarliniWagnerNetwork.Params> {
    CarliniWagnerNetworkTest() {
      super(new CarliniWagnerNetwork());
    }
  }

  @Nested
  class VggTest extends ArchitectureContractTest<Vgg.Params> {
    VggTest() {
      super(new Vgg());
    }
  }

  @Nested
  class SmallVggTest extends ArchitectureContractTest<SmallVgg.Params> {
    SmallVggTest() {
      super(new SmallVgg());
    }
  }

  @Nested
  class ResNet20Test extends ArchitectureContractTest<ResNet20.Params> {
    ResNet20Test() {
      super(new ResNet20());
    }
  }

  @Nested
  class StackedConvolutionalAutoencoderTest
      extends ArchitectureContractTest<StackedConvolutionalAutoencoder.Params> {
    StackedConvolutionalAutoencoderTest() {
      super(new StackedConvolutionalAutoencoder());
    }
  }

  @Nested
  class DenoisingAutoencoderTest extends ArchitectureContractTest<DenoisingAutoencoder.Params> {
    DenoisingAutoencoderTest() {
      super(new DenoisingAutoencoder());
    }
  }

  @Nested
  class TransformationAutoencoderTest
      extends ArchitectureContractTest<TransformationAutoencoder.Params> {
    TransformationAutoencoderTest() {
      super(new TransformationAutoencoder());
    }
  }
}
