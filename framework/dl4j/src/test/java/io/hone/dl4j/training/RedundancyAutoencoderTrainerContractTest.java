package io.hone.dl4j.training;

import io.hone.api.data.ImageShape;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.loop.Schedule;
import io.hone.learning.trainer.RedundancyAutoencoderTrainer;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;
import java.util.Optional;

class RedundancyAutoencoderTrainerContractTest
    extends TrainerContractTest<RedundancyAutoencoderTrainer.Params> {
  RedundancyAutoencoderTrainerContractTest() {
    super(new RedundancyAutoencoderTrainer());
  }

  @Override
  protected RedundancyAutoencoderTrainer.Params parameters() {
    return new RedundancyAutoencoderTrainer.Params(
        TestArchitectures.imageToImage("stacked-conv"),
        RedundancyAutoencoderTrainer.Mask.GREEDY,
        6,
        true,
        0,
        true,
        SameDiffTraining.parameters(3, 8, 0.001, Schedule.CONSTANT, 3, false));
  }

  @Override
  protected TrainingChoices choices() {
    return SameDiffTraining.choices();
  }

  @Override
  protected Optional<ImageShape> unfit() {
    return Optional.of(new ImageShape(1, 3, 3));
  }
}
