package io.hone.plugins.datasets.cifar;

import io.hone.testkit.DatasetContractTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class Cifar10ContractTest extends DatasetContractTest<Cifar10.Params> {
  @TempDir Path batches;

  Cifar10ContractTest() {
    super(new Cifar10());
  }

  @Override
  protected Cifar10.Params parameters() {
    CifarFiles.write(batches, Split.TEST);
    Path file = batches.resolve("test_batch.bin");
    for (int image = 0; image < 30; image++) {
      CifarFiles.set(file, 7 * image, 0, image % 10);
      CifarFiles.set(file, 7 * image, 100 * image + 1, 255);
    }
    return new Cifar10.Params(Split.TEST, List.of(9, 4), Optional.of(batches), List.of());
  }
}
