package io.hone.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundingClassifierTest {
  private static final long[] SAMPLES = {7, 9};

  private final Batch clean =
      new Batch(
          images(SAMPLES, 100, 200, 0, 255), new int[] {0, 0}, new int[] {Batch.NO_TARGET, -1});
  private final Seen seen = new Seen();

  @Test
  void everyQueryIsRoundedTowardTheCleanImageOfItsSample() {
    DifferentiableClassifier rounding =
        (DifferentiableClassifier) RoundingClassifier.before(seen, clean);
    // In another order than the batch's, and twice the same sample.
    ImageBatch asked = images(new long[] {9, 7, 7}, 3.7f, 250.2f, 100.9f, 199.1f, 99.1f, 200.9f);

    rounding.predict(asked);
    rounding.logits(asked);
    rounding.lossGradient(asked, Loss.crossEntropy(false), new int[3]);
    rounding.vjp(asked, Tensor.zeros(3, 2));

    assertThat(seen.images).hasSize(4).allSatisfy(this::areRounded);
    assertThat(asked.pixels().get(0, 0)).as("what was asked is left alone").isEqualTo(3.7f / 255);
  }

  private void areRounded(ImageBatch images) {
    assertThat(images.samples()).containsExactly(9, 7, 7);
    Tensor expected = images(images.samples(), 3, 251, 100, 200, 100, 200).pixels();
    for (int row = 0; row < images.size(); row++) {
      assertThat(images.pixels().row(row)).containsExactly(expected.row(row));
    }
  }

  @Test
  void offersWhatTheModelOffers() {
    Classifier scores =
        new Classifier() {
          @Override
          public int classes() {
            return 2;
          }

          @Override
          public boolean accepts(ImageShape shape) {
            return true;
          }

          @Override
          public Tensor logits(ImageBatch images) {
            return Tensor.zeros(images.size(), 2);
          }
        };

    assertThat(RoundingClassifier.before(scores, clean))
        .isNotInstanceOf(DifferentiableClassifier.class);
    assertThat(RoundingClassifier.before(seen, clean)).isInstanceOf(DifferentiableClassifier.class);
  }

  private static ImageBatch images(long[] samples, float... levels) {
    Tensor pixels = Tensor.images(samples.length, new ImageShape(1, 1, 2));
    for (int value = 0; value < levels.length; value++) {
      pixels.set(value / 2, value % 2, (float) (levels[value] / 255.0));
    }
    return new ImageBatch(pixels, samples);
  }

  /** Remembers the images that it was asked about. */
  private static final class Seen implements DifferentiableClassifier {
    private final List<ImageBatch> images = new ArrayList<>();

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public boolean accepts(ImageShape shape) {
      return true;
    }

    @Override
    public Tensor logits(ImageBatch asked) {
      images.add(asked);
      return Tensor.zeros(asked.size(), 2);
    }

    @Override
    public LossGradient lossGradient(ImageBatch asked, Loss loss, int[] classes) {
      return new LossGradient(new float[asked.size()], logits(asked), asked.pixels().copy());
    }

    @Override
    public Tensor vjp(ImageBatch asked, Tensor cotangent) {
      images.add(asked);
      return asked.pixels().copy();
    }
  }
}
