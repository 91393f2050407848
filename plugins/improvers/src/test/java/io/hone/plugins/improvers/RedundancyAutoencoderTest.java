package io.hone.plugins.improvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.FeatureTransformer;
import io.hone.testkit.model.LinearClassifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedundancyAutoencoderTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 3);
  private static final ModelReference MODEL = new ModelReference(Path.of("redundancy"));

  /** Class 1 wins where the first feature exceeds a half; the others are redundant. */
  private static final LinearClassifier FIRST =
      new LinearClassifier(SHAPE, new double[][] {{0, 0, 0}, {1, 0, 0}}, new double[] {0.5, 0});

  private final TestRun run = new TestRun(1);
  private final CountingVictim victim = new CountingVictim(FIRST, Access.LABELS, run);

  @Test
  void restoresWhatLiesAboveTheThresholdButNotWhatEqualsIt() {
    assertThat(improved(0.75, 0.1f, 0.75f, 0.76f)).containsExactly(0.9f, 0.9f, 0);
    assertThat(run.figures("kept_at_threshold")).containsEntry(7L, 1.0).hasSize(1);
    assertThat(victim.forwardQueries(7)).as("the label, and one try").isEqualTo(2);
  }

  @ParameterizedTest(name = "first feature {0}: {1} queries")
  @CsvSource({
    // the threshold goes 0.5, 0.75, 0.875, ...: try k + 1 keeps a feature of at most 1 - 2^-(k+1)
    "0.6, 3",
    "0.75, 3",
    "0.8, 4",
    "0.998, 10"
  })
  void raisesTheThresholdHalfWayToOneUntilTheLabelIsKept(float first, int queries) {
    assertThat(improved(0.5, first, 0.999f, 0.2f)).containsExactly(0.9f, 0, 0.9f);
    assertThat(victim.forwardQueries(7)).isEqualTo(queries);
    assertThat(run.figures("kept_at_threshold")).containsEntry(7L, 0.0);
  }

  @Test
  void leavesTheExampleAsItWasWhereEightRaisesDoNotHelp() {
    assertThat(improved(0.5, 1, 1, 0.2f)).containsExactly(0.9f, 0.9f, 0.9f);
    assertThat(victim.forwardQueries(7)).as("the label, and nine tries").isEqualTo(10);
    assertThat(run.figures("kept_at_threshold")).containsEntry(7L, 0.0);
  }

  @Test
  void asksNothingWhereNothingIsRedundant() {
    assertThat(improved(0.5, 0, 0.1f, 0.2f)).containsExactly(0.9f, 0.9f, 0.9f);
    assertThat(victim.forwardQueries(7)).isEqualTo(1);
    assertThat(run.figures("kept_at_threshold")).containsEntry(7L, 1.0);
  }

  @Test
  void takesNoNanForRedundant() {
    assertThat(improved(0.5, Float.NaN, 0.9f, Float.NaN)).containsExactly(0.9f, 0, 0.9f);
  }

  @Test
  void refusesAnAutoencoderForOtherImages() {
    run.with(MODEL, new FeatureTransformer(SHAPE, (feature, value) -> value));
    Setting setting = new Setting(new ImageShape(3, 32, 32), 10, 100, true);
    assertThatThrownBy(
            () ->
                new RedundancyAutoencoder()
                    .prepare(new RedundancyAutoencoder.Params(MODEL, 0.9, 0), setting, run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("redundancy")
        .hasMessageContaining("3x32x32");
  }

  @ParameterizedTest(name = "{0} refinements after {1}: {2} queries")
  @CsvSource({
    // one feature is kept at 0.9; two are kept then; three are refused; nothing is between
    "1, 0.9, 3",
    "2, 0.9, 4",
    "9, 0.9, 4",
    // three are refused at 0 and at 0.5, two are kept at 0.75
    "9, 0, 4"
  })
  void refinesTheNumberOfFeaturesOnceAThresholdKeepsTheLabel(
      int refinements, double threshold, int queries) {
    assertThat(refined(refinements, threshold, 0.6f, 0.8f, 0.95f)).containsExactly(0.9f, 0, 0);
    assertThat(victim.forwardQueries(7)).isEqualTo(queries);
  }

  @Test
  void refinesBelowThresholdsThatAllChangeTheLabel() {
    assertThat(refined(9, 0.5, 0.9999f, 1, 1)).containsExactly(0.9f, 0, 0);
    assertThat(run.figures("kept_at_threshold")).containsEntry(7L, 0.0);
    assertThat(victim.forwardQueries(7)).as("the label, nine tries, one and two").isEqualTo(12);
  }

  private float[] improved(double threshold, float... redundancy) {
    return refined(0, threshold, redundancy);
  }

  private float[] refined(int refinements, double threshold, float... redundancy) {
    run.with(MODEL, new FeatureTransformer(SHAPE, (feature, value) -> redundancy[feature]));
    ImageBatch clean = new ImageBatch(Tensor.images(1, SHAPE), new long[] {7});
    Tensor adversarial = Tensor.of(new float[] {0.9f, 0.9f, 0.9f}, 1, 1, 1, 3);
    new RedundancyAutoencoder()
        .improve(
            new RedundancyAutoencoder.Params(MODEL, threshold, refinements),
            victim,
            new Batch(clean, new int[] {0}, new int[] {1}),
            adversarial,
            run);
    return adversarial.row(0);
  }
}
