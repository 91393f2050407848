package io.hone.plugins.improvers;

import io.hone.api.model.ModelReference;
import io.hone.testkit.ImproverContractTest;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.FeatureTransformer;
import java.nio.file.Path;

class RedundancyAutoencoderContractTest extends ImproverContractTest<RedundancyAutoencoder.Params> {
  private static final ModelReference MODEL = new ModelReference(Path.of("redundancy"));

  RedundancyAutoencoderContractTest() {
    super(new RedundancyAutoencoder());
  }

  @Override
  protected RedundancyAutoencoder.Params parameters() {
    return new RedundancyAutoencoder.Params(MODEL, 0.3, 5);
  }

  @Override
  protected TestRun run(long seed) {
    return new TestRun(seed)
        .with(
            MODEL,
            new FeatureTransformer(
                (feature, value) -> (float) Math.abs(Math.sin(31 * feature + 7 * value))));
  }
}
