package io.hone.plugins.defenses;

import io.hone.api.model.ModelReference;
import io.hone.testkit.DefenseContractTest;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.FeatureTransformer;
import java.nio.file.Path;

class AutoencoderContractTest extends DefenseContractTest<Autoencoder.Params> {
  private static final ModelReference MODEL = new ModelReference(Path.of("denoiser"));

  AutoencoderContractTest() {
    super(new Autoencoder());
  }

  @Override
  protected Autoencoder.Params parameters() {
    return new Autoencoder.Params(MODEL);
  }

  @Override
  protected TestRun run(long seed) {
    // sharpens, and leaves [0, 1] while doing so
    return new TestRun(seed)
        .with(MODEL, new FeatureTransformer(shape(), (feature, value) -> 3 * value - 1));
  }
}
