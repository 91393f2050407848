package io.hone.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.engine.failure.ComponentFailureException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A data set of a plugin that does not hold what it says. */
class VerifiedDatasetTest {
  /** Images of one value, with labels and samples as they are given. */
  private record Told(long size, float value, int label, long... samples) implements Dataset {
    @Override
    public ImageShape shape() {
      return new ImageShape(1, 1, 2);
    }

    @Override
    public List<String> classNames() {
      return List.of();
    }

    @Override
    public long sample(long position) {
      return samples[(int) position];
    }

    @Override
    public void read(long position, Tensor into, int[] labels) {
      for (int row = 0; row < into.rows(); row++) {
        into.setRow(row, new float[] {0, value});
        labels[row] = label;
      }
    }

    @Override
    public String fingerprint() {
      return "told";
    }
  }

  private static Dataset verified(long size, float value, int label, long... samples) {
    return new VerifiedDataset("liar", new Told(size, value, label, samples));
  }

  private static void read(Dataset dataset) {
    dataset.read(0, Tensor.images(2, dataset.shape()), new int[2]);
  }

  private static void assertDefect(Runnable work, String... words) {
    assertThatThrownBy(work::run)
        .isInstanceOf(ComponentFailureException.class)
        .hasMessageContaining("the data set liar")
        .hasMessageContaining("defect of the plugin")
        .hasMessageContainingAll(words);
  }

  @Test
  void valuesMustBeInRange() {
    for (float wrong : new float[] {200, -0.5f, Float.POSITIVE_INFINITY}) {
      assertDefect(
          () -> read(verified(2, wrong, 0, 7, 8)), wrong + " into feature 1", "sample 7", "[0, 1]");
    }
    read(verified(2, 1, 0, 7, 8));
  }

  @Test
  void nanIsBadInput() {
    assertThatThrownBy(() -> read(verified(2, Float.NaN, 0, 7, 8)))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "the clean image of sample 7 holds NaN; correct the data set, or leave the sample out");
  }

  @Test
  void labelsBeginAtZero() {
    assertDefect(() -> read(verified(2, 1, -2, 7, 8)), "sample 7", "label -2");
    read(verified(2, 1, Dataset.NO_LABEL, 7, 8));
  }

  @Test
  void samplesRise() {
    Dataset twice = verified(3, 1, 0, 7, 8, 8);
    assertThat(twice.sample(1)).isEqualTo(8);
    assertDefect(() -> twice.sample(2), "the image at 2", "sample 8");
    assertDefect(() -> verified(1, 1, 0, -1).sample(0), "sample -1");
  }

  @Test
  void sizesCount() {
    assertDefect(() -> verified(-3, 1, 0), "-3 images");
  }
}
