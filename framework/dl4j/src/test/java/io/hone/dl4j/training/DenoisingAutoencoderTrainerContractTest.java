package io.hone.dl4j.training;

import io.hone.api.data.ImageShape;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.loop.Schedule;
import io.hone.learning.trainer.DenoisingAutoencoderTrainer;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;
import java.util.Optional;

class DenoisingAutoencoderTrainerContractTest
    extends TrainerContractTest<DenoisingAutoencoderTrainer.Params> {
  DenoisingAutoencoderTrainerContractTest() {
    super(new DenoisingAutoencoderTrainer());
  }

  @Override
  protected DenoisingAutoencoderTrainer.Params parameters() {
    return new DenoisingAutoencoderTrainer.Params(
        TestArchitectures.imageToImage("denoiser"),
        DenoisingAutoencoderTrainer.Loss.MSE,
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
