package io.hone;

import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.Tensor;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import java.nio.file.Path;
import java.util.Map;

/** The first images of MNIST's test set, and the LeNet-5 that Hone ships. */
record Digits(Tensor images, int[] labels) {
  static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
  static final Path LENET = CHECKOUT.resolve("models/mnist-lenet5");

  static Digits first(Hone hone, int count) {
    BoundComponent<DatasetProvider<Record>> mnist =
        hone.component(ComponentKind.DATASET, "mnist", Map.of("split", "test"));
    try (Workbench workbench = hone.workbench(Workbench.Settings.quiet());
        Dataset dataset =
            mnist.instance().open(mnist.parameters(), DatasetRequest.open(), workbench.run(0))) {
      Tensor images = Tensor.images(count, dataset.shape());
      int[] labels = new int[count];
      dataset.read(0, images, labels);
      return new Digits(images, labels);
    }
  }
}
