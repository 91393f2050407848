package io.hone.plugins.datasets.mnist;

import io.hone.testkit.DatasetContractTest;
import java.util.List;
import java.util.Optional;

class MnistContractTest extends DatasetContractTest<Mnist.Params> {
  MnistContractTest() {
    super(new Mnist());
  }

  @Override
  protected Mnist.Params parameters() {
    return new Mnist.Params(Split.TEST, List.of(9, 4), Optional.empty(), List.of());
  }
}
