package io.hone.learning.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.train.PairImages;
import io.hone.api.train.Pairs;
import io.hone.api.train.StepImages;
import io.hone.testkit.TestRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformationRecipeTest {
  /** Of the labels below, the model is wrong about the third. */
  private record Seen(int... wanted) implements PairImages {
    @Override
    public ImageBatch clean() {
      return new ImageBatch(Tensor.images(5, new ImageShape(1, 1, 1)), new long[5]);
    }

    @Override
    public int[] labels() {
      return new int[] {9, 4, 9, 3, 9};
    }

    @Override
    public int[] predictions() {
      return new int[] {9, 4, 4, 3, 9};
    }

    @Override
    public List<StepImages> steps() {
      return List.of();
    }

    @Override
    public Classifier model() {
      throw new IllegalStateException("asked for nothing");
    }
  }

  private static Pairs pairs(int... wanted) {
    return new TransformationRecipe().pairs(new Seen(wanted), new TestRun(1)).get(0);
  }

  @Test
  void takesWhatAnAttackWouldTakeOn() {
    Pairs pairs = pairs(4, 4, 4, 4, 4);
    assertThat(pairs.rows())
        .as("neither fours nor what is taken for another class")
        .containsExactly(0, 3, 4);
    assertThat(pairs.targets().row(0)).containsExactly(4, 9);
    assertThat(pairs.targets().row(1)).containsExactly(4, 3);
  }

  @Test
  void imagesOfWhichTheGoalWantsNothingAreLeftOut() {
    Pairs pairs = pairs(Batch.NO_TARGET, 4, Batch.NO_TARGET, 8, Batch.NO_TARGET);
    assertThat(pairs.rows()).containsExactly(3);
    assertThat(pairs.targets().row(0)).containsExactly(8, 3);
  }
}
