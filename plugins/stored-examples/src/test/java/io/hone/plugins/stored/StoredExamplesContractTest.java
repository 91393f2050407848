package io.hone.plugins.stored;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageShape;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import io.hone.testkit.AttackContractTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class StoredExamplesContractTest extends AttackContractTest<StoredExamples.Params> {
  @TempDir private Path folder;

  StoredExamplesContractTest() {
    super(new StoredExamples());
  }

  /** The stored examples have one shape. */
  @Override
  protected List<ImageShape> hostileShapes() {
    return List.of(shape());
  }

  @BeforeEach
  void store() {
    Batch clean = samples().clean(false);
    try (NumpyWriter examples =
            NumpyWriter.create(folder.resolve("adv.npy"), NumpyType.FLOAT32, 2, 6, 5);
        NumpyWriter samples = NumpyWriter.create(folder.resolve("samples.npy"), NumpyType.INT64);
        NumpyWriter classes = NumpyWriter.create(folder.resolve("classes.npy"), NumpyType.INT64)) {
      examples.append(samples().adversarial(false));
      samples.append(clean.images().samples());
      classes.append(new long[clean.size()]);
    }
  }

  @Override
  protected StoredExamples.Params parameters() {
    return new StoredExamples.Params(
        folder.resolve("adv.npy"),
        Optional.empty(),
        Optional.of(folder.resolve("samples.npy")),
        Optional.of(folder.resolve("classes.npy")));
  }
}
