package io.hone.learning.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.train.Recipe;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.loop.Schedule;
import io.hone.testkit.TestArchitectures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which pairs each trainer asks for. */
class TrainerRecipesTest {
  private static final TrainingParameters TRAINING =
      new TrainingParameters(
          1, 8, 0.001, Schedule.CONSTANT, TrainingParameters.Rule.ADAMW, 0.9, 0, 1, false);

  @ParameterizedTest
  @EnumSource(AdversarialTransformationNetworkTrainer.Expected.class)
  void generatorsLearnFromImagesAnAttackWouldTakeOn(
      AdversarialTransformationNetworkTrainer.Expected expected) {
    AdversarialTransformationNetworkTrainer.Params parameters =
        new AdversarialTransformationNetworkTrainer.Params(
            TestArchitectures.imageToImage("transformation"),
            0.9,
            ImageDistance.L2,
            PredictionDistance.CROSS_ENTROPY,
            expected,
            1.5,
            TRAINING);
    assertThat(
            new AdversarialTransformationNetworkTrainer()
                .recipe(parameters, TrainingChoices.usual()))
        .isEqualTo(new TransformationRecipe());
  }

  @ParameterizedTest
  @EnumSource(RedundancyAutoencoderTrainer.Mask.class)
  void redundancyAutoencodersLearnFromTheMasksThatAScenarioChooses(
      RedundancyAutoencoderTrainer.Mask mask) {
    RedundancyAutoencoderTrainer.Params parameters =
        new RedundancyAutoencoderTrainer.Params(
            TestArchitectures.imageToImage("stacked-conv"), mask, 4, false, 0.001, true, TRAINING);
    assertThat(new RedundancyAutoencoderTrainer().recipe(parameters, TrainingChoices.usual()))
        .isEqualTo(new RedundancyRecipe(mask, 4));
  }

  @Test
  void denoisersLearnToReturnTheCleanImage() {
    DenoisingAutoencoderTrainer.Params parameters =
        new DenoisingAutoencoderTrainer.Params(
            TestArchitectures.imageToImage("denoiser"),
            DenoisingAutoencoderTrainer.Loss.MSE,
            TRAINING);
    assertThat(new DenoisingAutoencoderTrainer().recipe(parameters, TrainingChoices.usual()))
        .isEqualTo(Recipe.clean());
  }
}
