package io.hone.dl4j.training;

import io.hone.api.data.ImageShape;
import io.hone.api.train.TrainingChoices;
import io.hone.learning.loop.Schedule;
import io.hone.learning.trainer.AdversarialAutoencoderTrainer;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TrainerContractTest;
import java.util.Optional;

class AdversarialAutoencoderTrainerContractTest
    extends TrainerContractTest<AdversarialAutoencoderTrainer.Params> {
  AdversarialAutoencoderTrainerContractTest() {
    super(new AdversarialAutoencoderTrainer());
  }

  @Override
  protected AdversarialAutoencoderTrainer.Params parameters() {
    return new AdversarialAutoencoderTrainer.Params(
        TestArchitectures.imageToImage("transformation"),
        0.005,
        1.5,
        SameDiffTraining.parameters(3, 8, 0.003, Schedule.CONSTANT, 3, false));
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
