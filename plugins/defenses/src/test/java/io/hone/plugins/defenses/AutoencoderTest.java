package io.hone.plugins.defenses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.RecoveringClassifier;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Setting;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.FeatureTransformer;
import io.hone.testkit.model.LinearClassifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AutoencoderTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 2);
  private static final ModelReference HALVING = new ModelReference(Path.of("halving"));
  private static final ModelReference SHIFTING = new ModelReference(Path.of("shifting"));

  private final TestRun run =
      new TestRun(1)
          .with(HALVING, new FeatureTransformer(SHAPE, (feature, value) -> value / 2))
          .with(SHIFTING, new FeatureTransformer(SHAPE, (feature, value) -> value + 0.75f));
  private final Classifier identity =
      new LinearClassifier(SHAPE, new double[][] {{1, 0}, {0, 1}}, new double[2]);
  private final ImageBatch image =
      new ImageBatch(Tensor.of(new float[] {0.125f, 0.5f}, 1, 1, 1, 2), new long[] {4});

  @Test
  void classifiesWhatTheAutoencoderReturnsClipped() {
    RecoveringClassifier defended = defended(SHIFTING, identity);
    assertThat(defended.recover(image).pixels().row(0)).containsExactly(0.875f, 1);
    assertThat(defended.logits(image).row(0)).containsExactly(0.875f, 1);
  }

  @Test
  void appliesItselfBeforeTheDefenseBehindIt() {
    RecoveringClassifier defended = defended(SHIFTING, defended(HALVING, identity));
    assertThat(defended.recover(image).pixels().row(0)).containsExactly(0.4375f, 0.5f);
    assertThat(defended.logits(image).row(0)).containsExactly(0.4375f, 0.5f);
  }

  @Test
  void refusesAnAutoencoderForOtherImages() {
    Setting setting = new Setting(new ImageShape(3, 32, 32), 10, 100, true);
    assertThatThrownBy(
            () -> new Autoencoder().prepare(new Autoencoder.Params(HALVING), setting, run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("halving")
        .hasMessageContaining("3x32x32");
    assertThat(defended(HALVING, identity).accepts(setting.shape())).isFalse();
  }

  private RecoveringClassifier defended(ModelReference model, Classifier base) {
    Classifier defended = new Autoencoder().protect(new Autoencoder.Params(model), base, run);
    return (RecoveringClassifier) defended;
  }
}
